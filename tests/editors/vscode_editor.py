"""VS Code's browser build with the packaged extension, on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from tests.editors.vscode_build import CLIENT, squiggle
from tests.editors.vscode_stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.editors.vscode_build import Build

_START_S = 60.0
_END_S = 10.0

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
    "editor.cursorBlinking": "solid",
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


@dataclass
class VsCode:
    """A running editor, whose windows are all in one browser, one at a time.

    Attributes:
        folder: below it lie the user's settings and what the scenarios leave.
        home: Understudy's own folder.
    """

    build: Build
    folder: Path
    home: Path
    port: int = 0
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    _stage: Stage | None = None

    def play(self, scenario: str, out: Path, **more: str) -> Any:
        """Play a scenario in the window that is open, or in a new one; gives what it saw."""
        if self._stage is None:
            self._stage = Stage(self.build.node, self._around())
        given = {"CLIENT": str(CLIENT), "VSCODE_PORT": str(self.port), **more}
        try:
            return self._stage.play(scenario, out, given)
        except BaseException as failure:
            # The next scenario gets a browser that knows nothing of this one.
            self.close()
            failure.add_note(self.log())
            raise

    def renew(self) -> None:
        """Close the window with all that it started, and forget what was learnt in it.

        What is kept are the editor, its extensions, and what the browser compiled of its pages.
        """
        if self._stage is not None:
            self._stage.leave()
        _until_ended(self.process)
        shutil.rmtree(self.home)
        self.home.mkdir()

    def close(self) -> None:
        """Close the browser, if there is one."""
        if self._stage is not None:
            self._stage.end()
            self._stage = None

    def _around(self) -> dict[str, str]:
        return {
            "VSCODE_URL": f"http://127.0.0.1:{self.port}",
            "PROFILE": tempfile.mkdtemp(prefix="browser-", dir=self.folder),
            "CLIENT": str(CLIENT),
            "CHROMIUM": self.build.chromium,
        }

    def log(self) -> str:
        """What the extension wrote into its log."""
        logs = sorted(self.folder.glob("data/logs/**/*Understudy.log"))
        return "\n".join(one.read_text(encoding="utf-8", errors="replace")[-4000:] for one in logs)


@contextlib.contextmanager
def running(build: Build, folder: Path, path: str) -> Iterator[VsCode]:
    """VS Code with the extension installed.

    Args:
        build: its parts.
        folder: an empty one.
        path: what `PATH` is for extensions.
    """
    home = folder / "home"
    for one in (home, folder / "user"):
        one.mkdir(parents=True)
    settings = folder / "data" / "User" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(USER), encoding="utf-8")
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
    _install(common, (build.vsix, squiggle(build, folder)), code.environment)
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
    code.process = process
    try:
        _until_healthy(code.port, process)
        yield code
    finally:
        code.close()
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _until_ended(editor: subprocess.Popen[bytes] | None) -> None:
    """Until nothing runs any more that a window started; what stays is ended."""
    if editor is None:
        return
    # Who lost its parent is no child any more, but still in the session.
    started = [one for one in psutil.process_iter() if _is_of_window(one, editor.pid)]
    for one in psutil.wait_procs(started, timeout=_END_S)[1]:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()


def _is_of_window(process: psutil.Process, session: int) -> bool:
    with contextlib.suppress(psutil.Error, OSError):
        is_ours = os.getsid(process.pid) == session
        return is_ours and not {"--type=extensionHost", "serve"}.isdisjoint(process.cmdline())
    return False


def _install(
    common: tuple[str, ...], extensions: tuple[Path, ...], environment: dict[str, str]
) -> None:
    asked = [word for one in extensions for word in ("--install-extension", str(one))]
    ended = subprocess.run(
        (*common, *asked, "--force"),
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
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
    # Apart from what is Understudy's, which is forgotten between scenarios.
    user = str(home.with_name("user"))
    own = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), user)
    own["UNDERSTUDY_HOME"] = str(home)
    # Otherwise a login shell is asked what `PATH` is.
    own["VSCODE_CLI"] = "1"
    return {**kept, **own, "PATH": path, "EXTENSIONS_GALLERY": json.dumps(_GALLERY)}


def paths(*first: Path) -> str:
    """A `PATH` with the system's programs."""
    return os.pathsep.join((*map(str, first), "/usr/local/bin", "/usr/bin", "/bin"))


OWN_PROGRAMS = Path(sys.executable).parent


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
