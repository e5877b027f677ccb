"""Neighbours of an article by content."""
