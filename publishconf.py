"""Settings of the published site: what differs from pelicanconf.py, and no secret ever."""

from pelicanconf import *  # noqa: F403

OUTPUT_PATH = "output"
