"""Draw the README's picture: `understudy fix` on two files of the demo, as a terminal shows it.

Run by `make picture`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

HERE = Path(__file__).parent
DEMO = HERE.parent.parent / "tests" / "demo"
WIDTH = 104
SHOWN = ("bookshop/inventory.py", "bookshop/shipping.py")


def main() -> None:
    """Write `demo.svg` beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder, "demo")
        shutil.copytree(DEMO, demo)
        printed = _run(demo, Path(folder, "home"))
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w"), force_terminal=True)  # noqa: PTH123,SIM115 - a null device has no path to speak of
    console.print(Text.from_ansi("$ understudy fix bookshop\n\n" + printed.strip() + "\n"))
    console.save_svg(str(HERE / "demo.svg"), title="understudy fix", code_format=_plain_format())


def _plain_format() -> str:
    """Rich's picture without its fonts, which whoever looks at it would have to fetch."""
    style = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->\s*", "", style).replace("Fira Code", "ui-monospace")


def _run(demo: Path, home: Path) -> str:
    environment = {
        **os.environ,
        "UNDERSTUDY_HOME": str(home),
        "FORCE_COLOR": "1",
        "COLUMNS": str(WIDTH),
        "TERM": "xterm-256color",
    }
    command = [sys.executable, "-m", "understudy", "fix", *SHOWN]
    finished = subprocess.run(  # noqa: S603 - our own program
        command, cwd=demo, env=environment, check=True, capture_output=True, text=True
    )
    return finished.stdout


if __name__ == "__main__":
    main()
