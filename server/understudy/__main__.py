"""`python -m understudy` is `understudy`.

For `-m`, Python looks for modules in the current folder first. That is the user's workspace: a
file there may be called like one that we import, and must not run in its place.
"""

import os
import sys

if not sys.flags.safe_path and sys.path and sys.path[0] in ("", os.getcwd()):  # noqa: PTH109 - `pathlib` is not loaded yet
    del sys.path[0]

from understudy.cli import main  # only now it is certain which one that is

if __name__ == "__main__":
    raise SystemExit(main())
