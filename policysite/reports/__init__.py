"""Reports as pages of their own: one file with its styles in it, for the screen and for paper."""
