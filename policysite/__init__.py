"""A publishing system for Chinese trade unions, built on Pelican."""

import os

# We have no plugins for pydantic, and it looks through all installed packages for them.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
