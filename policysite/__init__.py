"""A publishing system for Chinese trade unions, built on Pelican."""
