"""A publishing system for Chinese trade unions, built on Pelican."""

import os

# We have no plugins for pydantic, and it looks through all installed packages for them.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

# Nothing of ours multiplies matrices, and with each start of numpy OpenBLAS would start threads that
# look for work: a tenth of a second of CPU.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
