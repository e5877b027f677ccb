"""Lets CI publish without setting up the whole project: `python -m policysite.deploy deploy`."""

import sys

from policysite.deploy.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
