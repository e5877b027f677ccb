"""Files for machines: feeds, sitemaps, robots, and the assets that pages load."""
