"""The tasks as Invoke knows them: names, options and what each is for; tools/ does them."""
