"""`python -m policysite build`: what `tasks.py build` does once it is inside its environment.

For our own programs that start builds, the preview and the benchmark: neither Invoke nor the other
tasks are loaded.
"""

from __future__ import annotations

import sys

from policysite.tools.arguments import build_at_once, leave

if __name__ == "__main__":
    if build_at_once(sys.argv[1:]):
        leave()
    sys.exit("用法：python -m policysite build [--content …] [--output …] [--config …] [--date …]")
