"""Word, PDF and old web pages become drafts: what a file says, nothing more and nothing less."""
