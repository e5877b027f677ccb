"""The search index: what readers look up in their browsers, made of static files."""
