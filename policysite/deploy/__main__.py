"""Lets CI publish without setting up the whole project: `python -m policysite.deploy deploy`."""

import gc
import os
import sys

from policysite.deploy.command_line import main

if __name__ == "__main__":
    gc.disable()  # short-lived, with many small values and no cycles: a tenth of the time
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # to take all values apart takes time, and OpenDAL's threads may want the GIL
