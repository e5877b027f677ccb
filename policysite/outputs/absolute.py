"""Texts that are shown elsewhere: in readers of feeds, and as data."""

from __future__ import annotations

import re

from policysite.pages.pictures import plain_images
from policysite.settings import SiteSettings


def absolute_links(html: str, settings: SiteSettings, url: str) -> str:
    """Give addresses of this site their domain, and pictures one: it is shown elsewhere.

    A link within the text, which is published at `url`, leads to the page.
    """
    html = re.sub(r'(\shref=")#', rf"\g<1>{url}#", plain_images(html))
    return re.sub(r'(\s(?:href|src)=")(/(?!/))', rf"\g<1>{settings.url}\2", html)
