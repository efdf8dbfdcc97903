"""Other processes that do jobs for a benchmark: servers and those who call them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any, Self

CALLERS = Path(__file__).parent / "callers"
_LIMIT_S = 300.0
"""A program that lives longer hangs: it is ended, and the measurement fails."""


class Worker:
    """A program of the folder `callers`, which ends with its standard input."""

    def __init__(
        self,
        name: str,
        python: str | Path = sys.executable,
    ) -> None:
        self.name = name
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the process
        self._process = subprocess.Popen(
            [python, CALLERS / f"{name}.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            encoding="utf-8",
        )
        self._watchdog = threading.Timer(_LIMIT_S, self._process.kill)
        self._watchdog.daemon = True
        self._watchdog.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.cancel()
        self._process.kill()
        self._process.communicate()
        self._said.close()

    def do(self, **job: Any) -> Any:
        """Have a job done; its result."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self._said.seek(0)
            said = self._said.read().decode("utf-8", "replace")[-2_000:]
            raise RuntimeError(f"`{self.name}` ended, or hung and was ended. It said:\n{said}")
        return json.loads(line)
