"""The benchmark: a made-up site of any size, built by us and by others, measured side by side."""
