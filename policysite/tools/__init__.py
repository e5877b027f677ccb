"""What people run: build, check, new, serve and the upkeep of the project."""
