"""VS Code's browser build with the packaged extension, on loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support import missing, require

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCENARIOS = Path(__file__).parent / "vscode"
CLIENT = Path(__file__).parents[2] / "vscode-client"
_START_S = 60.0
_SCENARIO_S = 200.0

USER = {
    "workbench.startupEditor": "none",
    "telemetry.telemetryLevel": "off",
    "update.mode": "none",
    "extensions.autoUpdate": False,
    "extensions.autoCheckUpdates": False,
    "workbench.enableExperiments": False,
    "chat.disableAIFeatures": True,
    "git.enabled": False,
    "explorer.compactFolders": False,
    "editor.minimap.enabled": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.reduceMotion": "on",
    "security.workspace.trust.startupPrompt": "always",
    "security.workspace.trust.emptyWindow": True,
    "diffEditor.renderSideBySide": True,
    "window.commandCenter": False,
}
_GALLERY = dict.fromkeys(
    ("serviceUrl", "itemUrl", "resourceUrlTemplate"), "http://127.0.0.1:9/nothing"
)


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


@dataclass
class VsCode:
    """A running editor; each scenario gets a window of its own.

    Attributes:
        folder: below it lie the user's settings and what the scenarios leave.
        home: Understudy's own folder.
    """

    build: Build
    folder: Path
    home: Path
    port: int = 0
    environment: dict[str, str] = field(default_factory=dict)

    def play(self, scenario: str, out: Path, **more: str) -> Any:
        """Play a scenario; gives what it saw."""
        own = {
            "VSCODE_URL": f"http://127.0.0.1:{self.port}",
            "VSCODE_PORT": str(self.port),
            "CLIENT": str(CLIENT),
            "CHROMIUM": self.build.chromium,
            "OUT": str(out),
            **more,
        }
        ended = subprocess.run(
            (self.build.node, str(SCENARIOS / f"{scenario}.mjs")),
            env={**os.environ, **own},
            capture_output=True,
            encoding="utf-8",
            timeout=_SCENARIO_S,
            check=False,
        )
        told = f"{ended.stdout}\n{ended.stderr}\nA picture is in {out}. {self.log()}"
        assert ended.returncode == 0, told
        return json.loads(ended.stdout.splitlines()[-1])

    def log(self) -> str:
        """What the extension wrote into its log."""
        logs = sorted(self.folder.glob("data/logs/**/*Understudy.log"))
        return "\n".join(one.read_text(encoding="utf-8", errors="replace")[-4000:] for one in logs)


@contextmanager
def running(
    build: Build, folder: Path, path: str, settings: Mapping[str, object]
) -> Iterator[VsCode]:
    """VS Code with the extension installed.

    Args:
        build: its parts.
        folder: an empty one.
        path: what `PATH` is for extensions.
        settings: of the machine.
    """
    home = folder / "home"
    home.mkdir(parents=True)
    _write(folder / "data" / "User" / "settings.json", USER)
    _write(folder / "data" / "Machine" / "settings.json", settings)
    (folder / "config.yaml").write_text("", encoding="utf-8")
    code = VsCode(build, folder, home, _free_port(), _environment(home, path))
    extensions = folder / "extensions"
    common = (
        build.node,
        str(build.entry),
        "--config",
        str(folder / "config.yaml"),
        "--user-data-dir",
        str(folder / "data"),
        "--extensions-dir",
        str(extensions),
    )
    for one in (build.vsix, _squiggle(build, folder)):
        _install(common, one, code.environment)
    flags = ("--auth=none", f"--bind-addr=127.0.0.1:{code.port}", "--disable-telemetry")
    quiet = ("--disable-update-check", "--disable-getting-started-override")
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            (*common, *flags, *quiet),
            env=code.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _until_healthy(code.port, process)
        yield code
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _squiggle(build: Build, folder: Path) -> Path:
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


def _install(common: tuple[str, ...], vsix: Path, environment: dict[str, str]) -> None:
    command = (*common, "--install-extension", str(vsix), "--force")
    ended = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


def _environment(home: Path, path: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in {"LANG", "TMPDIR"} or name.startswith("PIP_")
    }
    # What was downloaded once need not be again.
    kept.setdefault("PIP_CACHE_DIR", str(Path.home() / ".cache" / "pip"))
    own = dict.fromkeys(("HOME", "UNDERSTUDY_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home))
    # Otherwise a login shell is asked what `PATH` is.
    own["VSCODE_CLI"] = "1"
    return {**kept, **own, "PATH": path, "EXTENSIONS_GALLERY": json.dumps(_GALLERY)}


def paths(*first: Path) -> str:
    """A `PATH` with the system's programs."""
    return os.pathsep.join((*map(str, first), "/usr/local/bin", "/usr/bin", "/bin"))


OWN_PROGRAMS = Path(sys.executable).parent


def _write(path: Path, settings: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(settings), encoding="utf-8")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _until_healthy(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        assert process.poll() is None, "VS Code's server ended."
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError("VS Code's server did not start.")
