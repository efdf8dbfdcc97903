"""The parts that VS Code is tried with: its browser build, a browser, and the packaged extension."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.editors.vscode_stage import SCENARIOS
from tests.support import missing, require

CLIENT = Path(__file__).parents[2] / "vscode-client"


@dataclass(frozen=True, slots=True)
class Build:
    """Where the parts are: the editor, a browser, and the extension to be tried."""

    node: str
    entry: Path
    chromium: str
    vsix: Path


def find_build() -> Build:
    """The parts; the test ends here when one of them is not there."""
    named = os.environ.get("UNDERSTUDY_VSCODE")
    if not named:
        missing(
            "`UNDERSTUDY_VSCODE` names no browser build of VS Code (`.ci/vscode` installs one)."
        )
    entry = Path(named, "node_modules", "code-server", "out", "node", "entry.js")
    if not entry.is_file():
        missing(f"There is no code-server in `{named}`.")
    if not (CLIENT / "node_modules" / "playwright-core").is_dir():
        missing("`npm install` was not run in vscode-client.")
    return Build(require("node"), entry, require("chromium"), _vsix())


def _vsix() -> Path:
    found = sorted(CLIENT.glob("understudy-*.vsix"))
    if not found:
        missing("The extension is not packaged: `make vsix`.")
    made = found[-1].stat().st_mtime
    sources = (*CLIENT.glob("src/**/*.ts"), CLIENT / "package.json")
    if any(path.stat().st_mtime > made for path in sources):
        missing("The packaged extension is older than its sources: `make vsix`.")
    return found[-1]


def squiggle(build: Build, folder: Path) -> Path:
    """Another extension, which underlines what a type checker would."""
    vsix = folder / "squiggle.vsix"
    vsce = CLIENT / "node_modules" / "@vscode" / "vsce" / "vsce"
    flags = ("--allow-missing-repository", "--skip-license", "--allow-star-activation")
    subprocess.run(
        (build.node, str(vsce), "package", *flags, "--no-dependencies", "--out", str(vsix)),
        cwd=SCENARIOS / "squiggle",
        check=True,
        capture_output=True,
    )
    return vsix
