"""The preview: the site on this machine, up to date a moment after each save."""
