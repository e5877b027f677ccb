"""文件库 in a real browser."""
