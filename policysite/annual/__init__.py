"""The report of a year: what was published, changed and audited, from content and git."""
