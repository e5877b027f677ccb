"""What falls due: columns to be filled, documents that begin or end, 公示, articles to come."""
