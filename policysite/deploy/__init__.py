"""Puts a built site on object storage, or in a folder, so that readers never see half of it.

Nothing here knows Pelican or the pages: a folder of files goes in, objects come out. `deployer.py`
has the steps in their order; docs/decisions/0016 says why they are these.
"""
