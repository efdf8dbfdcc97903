"""A small shop of which a model would be shown something, and what `understudy context` tells of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.e2e.cli_process import QUICK, Ended, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cli = Callable[..., Ended]

PRICES = '''\
class Price:
    """What one piece costs."""

    amount: int

    def rounded(self, step: int) -> int:
        """To the next step."""
        return self.amount // step * step
'''
CLUB = "class Club:\n    members: int\n"
TOTAL = """\
from prices import Price
from vault import hidden


def total(items: list[Price]) -> int:
    result = hidden()
    for item in items:
        result += item.amount
    return something
"""


def set_up(home: Path, workspace: Path) -> Cli:
    """Write the shop; what runs `understudy context` there."""
    own = f'{QUICK}[privacy]\nexclude = ["vault.py"]\n'
    (home / "config.toml").write_text(own, encoding="utf-8")
    (workspace / ".understudy").mkdir()
    for name, text in {
        "prices.py": PRICES,
        "club.py": CLUB,
        "total.py": TOTAL,
        "vault.py": "def hidden(): ...\n",
        "made_pb2.py": "x = 1\n",
    }.items():
        (workspace / name).write_text(text, encoding="utf-8")

    def run_it(*arguments: str) -> Ended:
        return run("context", *arguments, cwd=workspace, home=home)

    return run_it


def shown(ended: Ended) -> dict[str, Any]:
    assert ended.code == 0, ended.err
    found: dict[str, Any] = json.loads(ended.out)
    return found


def places(found: dict[str, Any]) -> set[tuple[str, int]]:
    return {(one["path"], one["start_line"]) for one in found["items"]}
