"""The build: what is to be made again, and making no more than that (docs/decisions/0014)."""
