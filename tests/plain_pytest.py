"""Another pytest, which leaves alone the plugins that this project's tests need.

Reading those takes three times as long as all else that a short run does.
"""

from __future__ import annotations

import sys
from importlib.metadata import entry_points

CALL = (
    *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
    *(part for one in entry_points(group="pytest11") for part in ("-p", f"no:{one.name}")),
)
"""The command of a run."""
BEFORE_IMPORT = 'import os\nos.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"\n'
"""What stands above all else in a program that imports pytest and runs it."""
