"""Several processes that note imports and contributions at the same time lose nothing of each other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from understudy.core.failures import FailureCategory as F
from understudy.core.failures import UnavailableError
from understudy.learning.handed_over import Payload, folder, given, note_given, prepare, steps
from understudy.learning.import_record import Source, forget_source, note_source, sources
from understudy.learning.payload import Collected, Entry, hash_of, write_payload
from understudy.learning.shares import Count, Share
from understudy.workspace.file_lock import holding

ROOT = Path(__file__).parents[3]
PROCESSES, TIMES = 3, 20
BEGIN = """
import sys
from pathlib import Path
from tests.unit.learning import test_at_once as own
me = int(sys.argv[1])
sys.stdin.readline()
own.{name}(me)
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path))
    return tmp_path


def source(name: str) -> Source:
    return Source("friends", hash_of(name), f"{name}.json", 1, (name,))


def payload(name: str) -> Payload:
    entry = Entry(
        F.LINT_FAILURE, "F821", "python", "", "prompt_fragment", f"Be {name}.", Count(1, 1)
    )
    share = Share((name, "0123456789abcdef", ""), entry.inside)
    return prepare(write_payload(Collected((entry,))), (share,))


def imports(me: int) -> None:
    """What one process does: note many imports, take back some, and one that all of them note."""
    for number in range(TIMES):
        note_source(source(f"{me}x{number}"))
        note_source(Source("all", hash_of("all"), "all.json", 1, (f"{me}x{number}",)))
        if number % 2:
            forget_source(source(f"{me}x{number}"))


def contributions(me: int) -> None:
    """The same for what was handed over."""
    from understudy.learning.handed_over import note

    for number in range(TIMES):
        note_given(payload(f"kind{me}x{number}"))
        shared = payload("shared")
        note_given(shared)
        note(shared, f"step{me}x{number}")


def at_once(name: str) -> None:
    """Run a function above in several processes, which all begin when all of them are there."""
    code = BEGIN.format(name=name)
    started = [
        subprocess.Popen((sys.executable, "-c", code, str(me)), cwd=ROOT, stdin=subprocess.PIPE)
        for me in range(PROCESSES)
    ]
    for one in started:
        assert one.stdin is not None
        one.stdin.write(b"go\n")
        one.stdin.close()
    assert [one.wait(60) for one in started] == [0] * PROCESSES


def test_imports_that_are_noted_at_once_are_all_there() -> None:
    at_once("imports")
    found = {one.file: one.lessons for one in sources()}
    every = {f"{me}x{number}" for me in range(PROCESSES) for number in range(TIMES)}
    assert set(found.pop("all.json")) == every
    assert set(found) == {f"{name}.json" for name in every if not int(name.partition("x")[2]) % 2}


def test_contributions_that_are_noted_at_once_are_counted_once_each() -> None:
    at_once("contributions")
    assert sum(inside.total for inside, _ in given().values()) == PROCESSES * TIMES + 1
    assert len(set(steps(payload("shared"))) - {"shown"}) == PROCESSES * TIMES
    assert not [one.name for one in folder().iterdir() if one.name.endswith(".new")]


def test_whoever_can_not_have_the_lock_says_so_and_changes_nothing(home: Path) -> None:
    note_source(source("one"))
    lock = home / "imports.lock"
    with holding(lock), pytest.raises(TimeoutError), holding(lock, longest_s=0.05):
        pass
    lock.unlink()
    lock.mkdir()
    with pytest.raises(UnavailableError, match="Nothing can be written in"):
        note_source(source("two"))
    assert sources() == (source("one"),)


def test_a_record_that_can_not_be_read_is_not_written_over(home: Path) -> None:
    (home / "imports.jsonl").mkdir()
    assert sources() == ()
    with pytest.raises(UnavailableError, match="can't be read"):
        note_source(source("one"))
