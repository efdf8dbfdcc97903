"""What `understudy fix` makes of the demo project. `demo.diff` is every change, read by a person."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.cli_process import DEMO, Ended, run, tree
from understudy.core.diff import unified

CHANGES = Path(__file__).with_name("demo.diff")
LEFT = {("pricing.py", "F821"), ("pricing.py", "C901"), ("shipping.py", "syntax-error")}
"""A name that nobody knows, a matter of taste, and a merge that only its authors can decide."""


@dataclass(frozen=True)
class Demo:
    """A repaired copy of the demo."""

    folder: Path
    home: Path
    first: Ended
    results: list[dict[str, Any]]
    again: list[dict[str, Any]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    top = tmp_path_factory.mktemp("demo")
    folder = top / "shop"
    shutil.copytree(DEMO, folder)
    first = run("fix", "--apply", "--json", "shop", cwd=top, home=top / "home")
    again = run("fix", "--json", "shop", cwd=top, home=top / "home")
    return Demo(
        folder,
        top / "home",
        first,
        json.loads(first.out)["results"],
        json.loads(again.out)["results"],
    )


def test_it_ends_well_and_says_nothing_else(demo: Demo) -> None:
    assert demo.first.code == 0
    assert demo.first.err == "understudy: 1 file has no checker (toml).\n"


def test_all_but_three_problems_are_fixed(demo: Demo) -> None:
    left = {(Path(one["path"]).name, one["code"]) for one in demo.results if one["band"] is None}
    assert left == LEFT | {("models.py", "UP035")}
    assert Counter(one["band"] for one in demo.results) == {"confirm": 28, None: 4}
    assert len({one["code"] for one in demo.results if one["band"]}) >= 18


def test_a_second_run_finds_only_what_could_not_be_fixed(demo: Demo) -> None:
    assert {(Path(one["path"]).name, one["code"]) for one in demo.again} == LEFT
    assert all(one["band"] is None for one in demo.again)


def test_a_problem_that_went_along_says_so(demo: Demo) -> None:
    (one,) = [one for one in demo.results if one["code"] == "UP035"]
    assert one["evidence"] == ["It went away with the edit for another problem."]


def test_every_change_is_the_one_that_was_read_and_found_right(demo: Demo) -> None:
    before, after = tree(DEMO), tree(demo.folder)
    changes = "".join(
        unified(before[path].decode(), after[path].decode(), path, context=0) for path in before
    )
    if os.environ.get("UPDATE") == "1":
        CHANGES.write_text(changes, encoding="utf-8")
    assert changes == CHANGES.read_text(encoding="utf-8")


def test_nothing_is_left_behind(demo: Demo) -> None:
    assert tree(DEMO).keys() == tree(demo.folder).keys()


def test_the_mended_files_compile(demo: Demo) -> None:
    for path, content in tree(demo.folder).items():
        if path.endswith(".py") and "shipping" not in path:
            compile(content, path, "exec")


def test_lines_are_those_of_the_file_as_it_was(demo: Demo) -> None:
    for one in demo.results:
        if one["code"] == "C419":
            path = DEMO / Path(one["path"]).relative_to("shop")
            assert "all([" in path.read_text().splitlines()[one["line"] - 1]
            return
    pytest.fail("C419 is gone from the demo.")


def test_what_was_applied_is_in_the_journal(demo: Demo) -> None:
    runs = run("runs", "--json", "--limit", "99", cwd=demo.folder, home=demo.home)
    became = Counter(one["became"] for one in json.loads(runs.out) if one["band"])
    # The second run looked at what the first one wrote.
    assert (became["applied"], became["kept"]) == (0, 28)
