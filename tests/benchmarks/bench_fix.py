"""From `understudy.fix` to `workspace/applyEdit`, through the real server, on 2,000 lines."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.breaking import BREAKS
from tests.benchmarks.client import Client
from tests.benchmarks.report import (
    Report,
    median_ms,
    ms,
    percentile,
    ratio,
    times,
    verdict_in_noise,
)
from tests.benchmarks.sample import module
from tests.benchmarks.servers import OPTIONS, OURS, tool, workspace
from tests.e2e.editor import Buffer

if TYPE_CHECKING:
    from tests.benchmarks.breaking import Break, Broken
    from tests.benchmarks.client import Message

LINES = 2_000
ROUNDS = 8
FIRST_ROUNDS = 7
BAR_S = 0.150
WARM_UP_S = 3.0
RULES = '[tool.ruff.lint]\nselect = ["E4", "E7", "E9", "F", "B006"]\n'
SAMPLE = module(LINES)
_RUFF = ("check", "--output-format=json", "--no-cache", "--stdin-filename", "sample.py", "-")


@dataclass
class Fixes:
    """The fixes of one kind of problem, and the bare checks of the same texts.

    Times are those of fixes that ended with an edit: one that gives up is sooner done.
    """

    wall_s: list[float] = field(default_factory=list)
    floor_s: list[float] = field(default_factory=list)
    cpu_s: float = 0.0
    floor_cpu_s: float = 0.0
    tried: int = 0
    right: int = 0

    def add(self, other: Fixes) -> None:
        """Count another kind in."""
        self.wall_s += other.wall_s
        self.floor_s += other.floor_s
        self.cpu_s += other.cpu_s
        self.floor_cpu_s += other.floor_cpu_s
        self.tried += other.tried
        self.right += other.right


def main() -> None:
    report = Report(
        "bench_fix",
        "Fixing one problem",
        f"`understudy.fix` on a file of {LINES:,} lines, at up to {ROUNDS} places for each kind of "
        "problem, until the proved edit is sent. No type checker takes part.",
        (
            *("Problem", "p50", "p95", "processor", "Floor: bare checks p50", "processor", "Ratio"),
            *("Edits", "Text as before", "Bar for p95", "Verdict"),
        ),
        notes=[
            "The floor is what any proof needs: the text is compiled and given to Ruff, once as it "
            "was and once edited. First fix: a new server, the command right behind `didOpen`. "
            f"First fix, warm: {WARM_UP_S:.0f} s after `initialized`."
        ],
    )
    everything = Fixes()
    with workspace() as (root, home):
        (root / "pyproject.toml").write_text(RULES)
        with Server(root, home) as server:
            time.sleep(WARM_UP_S)
            for kind in BREAKS:
                fixes = server.measure(kind)
                everything.add(fixes)
                add(report, kind.name, fixes)
        if everything.tried > 2 * len(everything.wall_s):
            raise SystemExit("Most fixes ended without an edit, so their times say nothing.")
        add(report, "All of them", everything, bar_s=BAR_S)
        add(report, "First fix", first_fixes(root, home, wait_s=0.0))
        add(report, "First fix, warm", first_fixes(root, home, wait_s=WARM_UP_S))
    report.publish()


class Server:
    """Our server, with a document at a time."""

    def __init__(self, root: Path, home: Path) -> None:
        self._root = root
        self._count = 0
        self._client = Client(OURS, home)
        self._client.answers["workspace/applyEdit"] = lambda _: {"applied": True}
        self._client.answers["window/showMessageRequest"] = lambda _: {"title": "Apply"}
        self._client.initialize(root, OPTIONS)
        self._client.initialized()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.__exit__()

    def measure(self, kind: Break) -> Fixes:
        """Break the sample in many places, and have each of them mended."""
        fixes = Fixes()
        broken = spread(list(kind.all(SAMPLE)))
        if broken:
            self.fix(broken[0], Fixes())
        for one in broken:
            self.fix(one, fixes)
        return fixes

    def fix(self, broken: Broken, fixes: Fixes) -> None:
        """Let the bare checks look at a text, and the server mend it."""
        self._count += 1
        # No text twice, or reports that are remembered would be measured.
        text = f"{broken.text}# {self._count}\n"
        used = _own_cpu_s()
        started = time.perf_counter()
        found = check(text, self._root)
        check(SAMPLE, self._root)
        floor_s, floor_cpu_s = time.perf_counter() - started, _own_cpu_s() - used
        used = self._client.cpu_s()
        uri = (self._root / f"sample_{self._count}.py").as_uri()
        self._client.open(uri, text)
        self._client.barrier()
        started = time.perf_counter()
        edits = self._command(uri, found)
        wall_s = time.perf_counter() - started
        self._client.close(uri)
        fixes.tried += 1
        if edits is None:
            return
        fixes.wall_s.append(wall_s)
        fixes.floor_s.append(floor_s)
        fixes.cpu_s += self._client.cpu_s() - used
        fixes.floor_cpu_s += floor_cpu_s
        buffer = Buffer(text)
        buffer.edit(edits)
        fixes.right += buffer.text == f"{SAMPLE}# {self._count}\n"

    def _command(self, uri: str, found: Message) -> list[Message] | None:
        """The edits that the server sends; None when it says that there are none."""
        argument = {"uri": uri, "range": found["range"], "diagnostics": [found]}
        params = {"command": "understudy.fix", "arguments": [argument]}
        self._client.request("workspace/executeCommand", params)
        while (message := self._client.next()).get("method") != "window/showMessage":
            if message.get("method") == "workspace/applyEdit":
                changes = message["params"]["edit"]["documentChanges"]
                edits: list[Message] = changes[0]["edits"]
                return edits
        return None


def first_fixes(root: Path, home: Path, wait_s: float) -> Fixes:
    """The first fix of several new servers."""
    fixes = Fixes()
    name = next(one for one in BREAKS if one.name == "misspelt name")
    for broken in spread(list(name.all(SAMPLE)))[:FIRST_ROUNDS]:
        with Server(root, home) as server:
            time.sleep(wait_s)
            server.fix(broken, fixes)
    return fixes


def spread(broken: list[Broken]) -> list[Broken]:
    """At most so many as there are rounds, from all over the text."""
    step = max(len(broken) / ROUNDS, 1.0)
    return [broken[int(number * step)] for number in range(min(ROUNDS, len(broken)))]


def check(text: str, root: Path) -> Message:
    """What the checks cost by themselves; gives the first finding as an editor would show it."""
    row, message = 1, ""
    try:
        compile(text, "sample.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        row, message = error.lineno or 1, error.msg
    command = (tool("ruff"), *_RUFF)
    told = subprocess.run(command, input=text.encode(), cwd=root, capture_output=True, check=False)
    found = json.loads(told.stdout)
    if not found:
        # Some errors are the compiler's alone, such as `await` in a function that can't wait.
        place = {"start": _position(row, 1), "end": _position(row + 1, 1)}
        return {"range": place, "message": message, "code": "syntax-error", "source": "Python"}
    start, end = (found[0][key] for key in ("location", "end_location"))
    return {
        "range": {"start": _position(**start), "end": _position(**end)},
        "message": found[0]["message"],
        "code": found[0]["code"],
        "source": "Ruff",
        "severity": 1,
    }


def _position(row: int, column: int) -> Message:
    return {"line": row - 1, "character": column - 1}


def add(report: Report, what: str, fixes: Fixes, bar_s: float | None = None) -> None:
    count = len(fixes.wall_s)
    if not count:
        if fixes.tried:
            report.add(what, *[""] * 6, f"0 of {fixes.tried}")
        return
    p95 = percentile(fixes.wall_s, 95)
    report.add(
        what,
        *(median_ms(fixes.wall_s), ms(p95), ms(fixes.cpu_s / count)),
        *(median_ms(fixes.floor_s), ms(fixes.floor_cpu_s / count)),
        times(ratio(fixes.wall_s, fixes.floor_s)),
        *(f"{count} of {fixes.tried}", f"{fixes.right} of {count}"),
        *(
            (f"< {ms(bar_s)}", verdict_in_noise(p95, bar_s, fixes.floor_s, 95))
            if bar_s is not None
            else ()
        ),
    )


def _own_cpu_s() -> float:
    """Processor time of this process and of the tools that it ran."""
    used = psutil.Process().cpu_times()
    children = getattr(used, "children_user", 0.0) + getattr(used, "children_system", 0.0)
    return float(used.user + used.system + children)


if __name__ == "__main__":
    main()
