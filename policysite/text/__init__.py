"""Markdown as Chinese editors write it, turned into the HTML, headings and plain text we publish.

`markdown.render` is the way in. Everything here is a pure function of its
arguments and knows neither Pelican nor the rest of the site.
"""
