"""The audit: what inspectors and readers would find wrong with a folder of HTML pages."""
