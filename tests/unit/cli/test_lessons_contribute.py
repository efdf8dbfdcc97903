"""`understudy lessons contribute`, `import`, `revoke` and `add --from-run`, as a user runs them."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.journal.samples import store
from tests.unit.learning.lessons import NOW_US, use_rows
from understudy.cli import main
from understudy.config.paths import journal_file
from understudy.core.clock import now_us
from understudy.core.failures import FailureCategory as F
from understudy.journal.records import Call, CallJudged, Run, RunEnded
from understudy.journal.strategy_records import StrategyUse
from understudy.learning.lesson import Lesson, Remedy, Scope, Trigger
from understudy.learning.payload import hash_of, read_payload
from understudy.learning.registry import Registry
from understudy.learning.reviewing import add
from understudy.learning.shelf import load_shelf
from understudy.models.catalogue import shipped

if TYPE_CHECKING:
    from pathlib import Path

    from understudy.journal.records import Row

Output = pytest.CaptureFixture[str]
PUBLIC = next(one for one in sorted(shipped().models) if one.startswith("anthropic/"))
RECORDER = """\
#!{python}
import json, pathlib, sys
with pathlib.Path({file!r}).open("a") as file:
    file.write(json.dumps(sys.argv) + "\\n")
sys.exit("no network")
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))
    folder = tmp_path / "zephyr"
    (folder / ".git").mkdir(parents=True)
    (folder / "cart.py").write_text("total = 1\r\n", encoding="utf-8", newline="")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def proved(monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a lesson that ten runs of a model that everybody can have went well with."""
    monkeypatch.setattr("tests.unit.learning.lessons.MODEL", PUBLIC)
    one = add(
        Lesson(
            "",
            Trigger(F.LINT_FAILURE, "F821"),
            Remedy("prompt_fragment", "Import what you use."),
            Scope(language="python"),
        ),
        Registry(journal_file(), now_us),
        None,
    )
    rows = [row for n in range(10) for row in use_rows(f"R{n}", one, at_us=now_us())]
    store(journal_file(), *rows)
    return one.id


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `git` and `gh` were called with, one list a line."""
    if os.name == "nt":
        pytest.skip("Only on systems where a script can stand in for git")
    file, programs = tmp_path / "calls.jsonl", tmp_path / "bin"
    programs.mkdir()
    for name in ("git", "gh"):
        script = programs / name
        script.write_text(RECORDER.format(python=sys.executable, file=str(file)), encoding="utf-8")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    file.touch()
    return file


def shown(capsys: Output) -> dict[str, Any]:
    assert main(["lessons", "contribute", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_without_proved_lessons_there_is_nothing_new(capsys: Output) -> None:
    assert main(["lessons", "contribute"]) == 0
    assert capsys.readouterr().out == "There is nothing new to hand over.\n"


def test_the_exact_bytes_are_shown_with_their_hash_and_written(
    proved: str, project: Path, tmp_path: Path, capsys: Output
) -> None:
    assert proved
    before = files(project)
    assert main(["lessons", "contribute"]) == 0
    told = capsys.readouterr()
    assert f"SHA-256 of these bytes: {hash_of(told.out)}" in told.err
    (entry,) = read_payload(told.out).entries
    assert (entry.model, entry.inside.total, entry.words) == (PUBLIC, 10, "Import what you use.")
    assert main(["lessons", "contribute", "--export", str(tmp_path / "out.json")]) == 0
    assert (tmp_path / "out.json").read_bytes() == told.out.encode("ascii")
    assert files(project) == before


def test_what_was_written_counts_as_handed_over_and_can_be_had_again(
    proved: str, tmp_path: Path, capsys: Output
) -> None:
    file, again = tmp_path / "out.json", tmp_path / "again.json"
    missing = tmp_path / "no" / "out.json"
    assert main(["lessons", "contribute", "--export", str(missing)]) == 2
    assert main(["lessons", "contribute", "--export", str(file)]) == 0
    assert "count as handed over" in capsys.readouterr().out
    assert shown(capsys)["hash"] == ""
    named = ["lessons", "contribute", "--confirm", hash_of(file.read_text(encoding="utf-8"))]
    assert main([*named, "--export", str(again)]) == 0
    assert again.read_bytes() == file.read_bytes()
    of = load_shelf(None).find(proved)
    assert of is not None
    rows = [row for n in range(5) for row in use_rows(f"S{n}", of, at_us=now_us())]
    store(journal_file(), *rows)
    capsys.readouterr()
    (entry,) = read_payload(shown(capsys)["payload"]).entries
    assert entry.inside.total == 5


def test_what_was_handed_over_stays_so_on_another_branch(
    project: Path, proved: str, tmp_path: Path, capsys: Output
) -> None:
    assert proved
    assert main(["lessons", "contribute", "--export", str(tmp_path / "out.json")]) == 0
    (project / ".git" / "HEAD").write_text("ref: refs/heads/import-things\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["lessons", "contribute"]) == 0
    told = capsys.readouterr()
    assert told.out == "There is nothing new to hand over.\n"
    assert "new runs" in told.err


def test_a_file_that_would_hold_runs_for_the_second_time_is_not_written(
    proved: str, tmp_path: Path, capsys: Output
) -> None:
    early = shown(capsys)["hash"]
    of = load_shelf(None).find(proved)
    assert of is not None
    rows = [row for n in range(5) for row in use_rows(f"S{n}", of, at_us=now_us())]
    store(journal_file(), *rows)
    assert main(["lessons", "contribute", "--export", str(tmp_path / "late.json")]) == 0
    file = tmp_path / "early.json"
    assert main(["lessons", "contribute", "--confirm", early, "--export", str(file)]) == 2
    assert "Look at them again" in capsys.readouterr().err
    assert not file.exists()


def test_nothing_is_sent_without_a_hash_that_was_shown(
    proved: str, calls: Path, capsys: Output
) -> None:
    assert proved
    asked = ["lessons", "contribute", "--auto-pr", "--fork", "me/lessons"]
    assert main(asked) == 2
    assert "needs `--upstream OWNER/REPO` and `--fork`" in capsys.readouterr().err
    assert main([*asked, "--upstream", "others/lessons"]) == 2
    assert "Nothing is sent before you saw it" in capsys.readouterr().err
    assert main([*asked, "--upstream", "others/lessons", "--confirm", "ab" * 32]) == 2
    assert "were shown. Look at them first" in capsys.readouterr().err
    assert calls.read_text() == ""


def test_a_dry_run_runs_nothing(proved: str, calls: Path, capsys: Output) -> None:
    assert proved
    asked = ["lessons", "contribute", "--auto-pr", "--fork", "me/lessons"]
    asked += ["--upstream", "others/lessons", "--confirm", shown(capsys)["hash"]]
    assert main([*asked, "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "git push --quiet --force -- https://github.com/me/lessons.git" in told
    assert calls.read_text() == ""
    assert main(asked) == 2
    assert "no network" in capsys.readouterr().err
    (call,) = [json.loads(line) for line in calls.read_text().splitlines()]
    assert call[-3:] == ["--", "https://github.com/others/lessons.git", "repository"]


def test_lessons_of_others_are_shown_as_a_diff_and_revoked(
    proved: str, project: Path, tmp_path: Path, capsys: Output
) -> None:
    file = tmp_path / "friends.json"
    file.write_text(shown(capsys)["payload"], encoding="utf-8")
    assert main(["lessons", "remove", proved]) == 0
    before = files(project)
    assert main(["lessons", "import", str(file), "--dry-run"]) == 0
    assert "1 lesson of `friends` would wait" in capsys.readouterr().out
    assert load_shelf(None).lessons == ()
    assert main(["lessons", "import", str(file)]) == 0
    told = capsys.readouterr().out
    assert "+source: imported:friends" in told
    assert "1 lesson of `friends` waits for your review." in told
    assert [one.review for one in load_shelf(None).lessons] == ["waiting"]
    assert main(["lessons", "import", str(file), "--json"]) == 0
    assert "is about the same" in json.loads(capsys.readouterr().out)["leftOut"][0][1]
    assert main(["lessons", "revoke", "friends"]) == 0
    assert load_shelf(None).lessons == ()
    assert files(project) == before
    assert main(["lessons", "revoke", "friends"]) == 2


def run_rows(*, strategy: str = "", status: str = "offered") -> list[Row]:
    """A run in which a model failed first and went well then."""
    common = {"model": "acme/one", "provider": "acme", "how": "first", "status": "answered"}
    rows: list[Any] = [
        Run("RUN1", NOW_US, "", "fix", "cli", "python", "a.py", 1),
        Call("C1", "RUN1", 1, NOW_US, **common),  # type: ignore[arg-type]  # all of them are text
        CallJudged("C1", "type_error", "attr-defined", "ab12"),
        Call("C2", "RUN1", 2, NOW_US + 1, **common),  # type: ignore[arg-type]  # all of them are text
    ]
    if strategy:
        about = ("acme/one", "python", "type_error", "attr-defined", "ab12", 1, "cleared")
        rows.append(StrategyUse("RUN1", 1, "C2", NOW_US, strategy, "measured", *about))  # type: ignore[arg-type]  # in their order
    rows.append(RunEnded("RUN1", status, "acme/one", 1.0))
    return rows


def test_a_run_is_remembered_in_the_users_words(capsys: Output) -> None:
    store(journal_file(), *run_rows())
    assert main(["lessons", "add", "--from-run", "RUN1", "Look at the class first."]) == 0
    assert "There is a lesson to review" in capsys.readouterr().out
    (one,) = load_shelf(None).lessons
    assert (one.trigger.category, one.trigger.code) == (F.TYPE_ERROR, "attr-defined")
    assert (one.scope.model, one.scope.language) == ("acme/one", "python")
    assert (one.review, one.state, one.attempts) == ("waiting", "shadow", ("RUN1",))
    assert one.remedy.body == "Look at the class first."
    assert main(["lessons", "add", "--from-run", "RUN1", "Look again."]) == 0
    assert f"understudy lessons edit {one.id} 'Look again.'`" in capsys.readouterr().out
    assert load_shelf(None).lessons == (one,)
    assert main(["lessons", "add", "--from-run", "RUN1", "Look at the class  first."]) == 0
    assert "it was seen once more" in capsys.readouterr().out


def test_a_run_is_remembered_by_the_strategy_that_solved_it() -> None:
    store(journal_file(), *run_rows(strategy="lower_temperature"))
    assert main(["lessons", "add", "--from-run", "RUN1"]) == 0
    (one,) = load_shelf(None).lessons
    assert (one.remedy.kind, one.remedy.body) == ("model_param", "temperature=0")
    assert one.review == "waiting"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (run_rows(), "say in a sentence what to do next time"),
        (run_rows(strategy="show_finding"), "say in a sentence what to do next time"),
        (run_rows(status="withheld"), "No model failed in this run and was put right"),
        ([one for one in run_rows() if not isinstance(one, CallJudged)], "teaches nothing"),
    ],
)
def test_a_run_that_teaches_nothing_is_refused(rows: list[Row], said: str, capsys: Output) -> None:
    store(journal_file(), *rows)
    assert main(["lessons", "add", "--from-run", "RUN1"]) == 2
    assert said in capsys.readouterr().err
    assert load_shelf(None).lessons == ()


def test_a_lesson_needs_words(capsys: Output) -> None:
    assert main(["lessons", "add"]) == 2
    assert "Say in a sentence what to do" in capsys.readouterr().err
