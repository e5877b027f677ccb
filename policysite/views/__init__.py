"""Reading counts from access logs: what the storage, CDN or web server wrote down anyway."""
