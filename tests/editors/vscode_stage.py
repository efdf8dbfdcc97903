"""The browser in which scenarios are played: one process for all of an editor's."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

SCENARIOS = Path(__file__).parent / "vscode"
_SCENARIO_S = 200.0
_END_S = 20.0


class Stage:
    """A running browser. What it loaded of the editor is there for the next scenario."""

    def __init__(self, node: str, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            (node, str(SCENARIOS / "stage.mjs")),
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._lines: queue.Queue[str] = queue.Queue()
        assert self._process.stdout is not None
        reading = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        reading.start()

    def play(self, scenario: str, out: Path, given: Mapping[str, str]) -> Any:
        """Play a scenario; gives what it saw, and fails with what went wrong."""
        return self._ask({"scenario": scenario, "out": str(out), "given": dict(given)})

    def leave(self) -> None:
        """Close the window, and forget what VS Code kept in the browser."""
        self._ask({"leave": True})

    def end(self) -> None:
        """Close the browser."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _ask(self, asked: Mapping[str, object]) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._lines.get(timeout=_SCENARIO_S))
        assert "failure" not in answer, f"{answer['failure']}\nAsked: {asked}"
        return answer["seen"]

    def _read(self, lines: IO[str]) -> None:
        with lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put('{"failure": "The browser ended."}')
