"""`understudy context --pin`: what a user always or never wants to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.cli_process import run
from tests.e2e.context_shop import CLUB, places, set_up, shown

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.context_shop import Cli


@pytest.fixture
def cli(home: Path, workspace: Path) -> Cli:
    return set_up(home, workspace)


def test_pins_and_bans_stay_and_count_for_their_kind_of_task(cli: Cli, workspace: Path) -> None:
    before = sorted(workspace.rglob("*"))
    pinned = shown(cli("total.py:5-9", "--pin", "club.py:1", "--ban", "prices.py:1", "--json"))
    club = next(one for one in pinned["items"] if one["path"] == "club.py")
    assert club["reasons"] == ["you pinned it"]
    assert ("prices.py", 1) not in places(pinned)
    assert {"path": "prices.py", "name": "Price", "reason": "you banned it"} in pinned["left_out"]
    # The next one knows of it; another kind of task has its own.
    assert shown(cli("total.py:5-9", "--json")) == pinned
    assert ("prices.py", 1) in places(shown(cli("total.py:5-9", "--task", "tests", "--json")))
    # A definition that moved is found by its name.
    (workspace / "club.py").write_text(f"import os\n\n\n{CLUB}", encoding="utf-8")
    assert ("club.py", 4) in places(shown(cli("total.py:5-9", "--json")))
    freed = ("--unpin", "club.py:1", "--unban", "prices.py:1")
    freed_again = shown(cli("total.py:5-9", *freed, "--json"))
    assert ("prices.py", 1) in places(freed_again)
    assert ("club.py", 4) not in places(freed_again)
    assert sorted(workspace.rglob("*")) == before


def test_a_pin_is_of_the_definition_that_holds_its_line(cli: Cli, workspace: Path) -> None:
    club = "import os\n\n\n@final\nclass Club:\n    members: int\n\n    def join(self): ...\n"
    (workspace / "club.py").write_text(club, encoding="utf-8")

    def pinned(*arguments: str) -> set[tuple[str, int]]:
        found = shown(cli("total.py:5-9", *arguments, "--json"))
        return {
            (one["path"], one["start_line"])
            for one in found["items"]
            if "you pinned it" in one["reasons"]
        }

    assert pinned("--pin", "club.py:5") == {("club.py", 4)}
    (workspace / "club.py").write_text(f"# one\n# two\n# three\n\n{club}", encoding="utf-8")
    assert pinned() == {("club.py", 8)}
    # It is taken back by the line that is listed, as by any other of the definition.
    assert pinned("--unpin", "club.py:8") == set()
    assert pinned("--pin", "club.py:12") == {("club.py", 8)}
    assert pinned("--unpin", "club.py:9") == set()
    ended = cli("total.py:5-9", "--unpin", "club.py:9")
    assert ended.code == 2
    assert "Nothing is pinned at `club.py:9`." in ended.err
    ended = cli("total.py:5-9", "--unban", "club.py:9")
    assert "Nothing is banned at `club.py:9`." in ended.err
    assert ("prices.py", 1) not in places(
        shown(cli("total.py:5-9", "--ban", "prices.py:7", "--json"))
    )
    assert ("prices.py", 1) in places(
        shown(cli("total.py:5-9", "--unban", "prices.py:1", "--json"))
    )


def test_a_pin_may_name_a_file_as_the_place_does(cli: Cli, workspace: Path, home: Path) -> None:
    assert callable(cli)
    (workspace / "lib").mkdir()
    (workspace / "lib" / "rates.py").write_text("def rate():\n    return 3\n", encoding="utf-8")
    for path in ("rates.py:1", "lib/rates.py:1", str(workspace / "lib" / "rates.py:1")):
        ended = run(
            "context", "../total.py:5-9", "--pin", path, "--json", cwd=workspace / "lib", home=home
        )
        assert ("lib/rates.py", 1) in places(shown(ended))


def test_the_file_that_is_worked_on_is_not_banned(cli: Cli) -> None:
    ended = cli("total.py:5-9", "--ban", "total.py:5")
    assert ended.code == 2
    assert "`total.py` is the file that is worked on, and can't be banned." in ended.err


def test_a_file_on_the_exclude_list_is_neither_shown_nor_pinned(cli: Cli) -> None:
    ended = cli("total.py:5-9", "--pin", "vault.py:1", "--json")
    assert ended.code == 2
    assert "`vault.py` is no file of the workspace that can be shown." in ended.err
