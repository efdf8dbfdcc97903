"""Figures as tables: in the terminal, and on the page `docs/performance.md`."""

from __future__ import annotations

import datetime
import math
import os
import platform
import re
import statistics
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table as Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"

_SECTION = re.compile(r"^<!-- (\w+) -->\n", re.MULTILINE)
_PACKAGES = ("understudy", "pygls", "lsprotocol", "ruff")
_WIDE = 170
_INTRODUCTION = """\
# Performance

Written by `make bench`, which runs every `tests/benchmarks/bench_*.py` and renews its section here.

- Machine: {cpu}, {cores} cores, {system}. Python {python}; {packages}.
- Figures are medians unless a percentile is named. Small machines that others use too are noisy:
  what counts are the ratios, because a figure and its floor are measured in turns, one of each in
  every round of the same run. A ratio is the median of the rounds' ratios. A p99 is the median of
  the p99s of five parts of the run; a missed bar is called *noise* when the
  same percentile of the peer, or of the floor, is more than twice its median.
- A *floor* is the least that the same thing can cost (an empty server, the bare tools); a *peer* is
  a program that does something like it. The same request is not the same work in every server.
- *Processor time* counts the server and its tools; it depends less on what else the machine does.
"""


@dataclass
class Report:
    """One table.

    Attributes:
        name: of the script, which is also the section's mark on the page.
        about: what was done, in a sentence or two.
        columns: the headings; the last one holds verdicts.
        notes: sentences below the table.
    """

    name: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, *cells: str) -> None:
        """Add a row; cells that are left out at its end stay empty."""
        self.rows.append((*cells, *[""] * (len(self.columns) - len(cells))))

    def publish(self) -> None:
        """Print the table and renew its section of the page."""
        self.show()
        renew(self.name, self._markdown())

    def show(self) -> None:
        """Print the table."""
        grid = Grid(*self.columns, title=self.title)
        for row in self.rows:
            grid.add_row(*row)
        console = Console()
        if not console.is_terminal:
            console.width = _WIDE
        console.print(grid)
        for note in self.notes:
            console.print(note, markup=False)

    def _markdown(self) -> str:
        today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        lines = [f"## {self.title}", "", f"{self.about} Measured on {today}.", ""]
        lines += [_line(self.columns), _line(["---"] * len(self.columns))]
        lines += [_line(row) for row in self.rows]
        for note in self.notes:
            lines += ["", note]
        return "\n".join(lines) + "\n"


def renew(name: str, section: str) -> None:
    """Replace one section of the page, and the introduction; sections stand in order of names."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    pieces = _SECTION.split(old)
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True)) | {name: section}
    parts = [f"<!-- {name} -->\n{text.strip()}\n" for name, text in sorted(sections.items())]
    PAGE.write_text("\n".join([_introduction(), *parts]), encoding="utf-8", newline="\n")


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that `percent` of the values do not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(math.ceil(percent / 100 * len(ranked)) - 1, 0)]


def calm_percentile(values: Sequence[float], percent: float) -> float:
    """The median of the percentiles of five parts, so that one burst of foreign work says little."""
    size = math.ceil(len(values) / 5)
    parts = [values[at : at + size] for at in range(0, len(values), size)]
    return statistics.median(percentile(part, percent) for part in parts)


def ratio(ours: Sequence[float], floor: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return statistics.median(one / other for one, other in zip(ours, floor, strict=True))


def ms(seconds: float) -> str:
    """Milliseconds with as many digits as they deserve."""
    value = seconds * 1000
    return f"{value:.0f} ms" if value >= 100 else f"{value:.3g} ms"


def median_ms(seconds: Sequence[float]) -> str:
    """The median in milliseconds."""
    return ms(statistics.median(seconds))


def times(value: float) -> str:
    """A ratio."""
    return f"{value:.2f}x" if value >= 0.01 else f"{value:.1g}x"


def verdict(*, met: bool) -> str:
    """Whether a bar is met."""
    return "met" if met else "MISSED"


def verdict_in_noise(tail: float, bar: float, witness: Sequence[float], percent: float) -> str:
    """Whether our percentile is below a bar.

    When it is not, in a run where even the witness (the peer, the floor) has a percentile above
    twice its own median, then the machine was busy with something else, and the run can't tell.
    """
    if tail < bar:
        return "met"
    restless = calm_percentile(witness, percent) > 2 * statistics.median(witness)
    return "unclear: noise" if restless else "MISSED"


def _line(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _introduction() -> str:
    return _INTRODUCTION.format(
        cpu=_cpu(),
        cores=os.cpu_count(),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        packages=", ".join(f"{name} {version(name)}" for name in _PACKAGES),
    )


def _cpu() -> str:
    """The processor's name; Python's own answer is empty on Linux."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        found = re.search(r"^model name\s*: (.+)$", told.read_text(), re.MULTILINE)
        if found is not None:
            return found[1]
    return platform.processor() or "unknown processor"
