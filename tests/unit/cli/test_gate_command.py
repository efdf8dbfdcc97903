"""`understudy gate`: changes in, verdicts out; and what became of edits."""

from __future__ import annotations

import json
import sys
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, Any

import pytest

from tests.support import require
from tests.unit.journal.samples import run_rows, store
from understudy.cli import main
from understudy.config.paths import journal_file

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = "import os\n\n\ndef total(prices):\n    result = sum(prices)\n    return reslt\n"
MENDED = PYTHON.replace("reslt", "result")
TARGET = {"message": "Undefined name `reslt`", "code": "F821", "source": "Ruff", "line": 6}
ENTRY: dict[str, Any] = {
    "id": 7,
    "language": "python",
    "before": PYTHON,
    "after": MENDED,
    "diagnostics": [TARGET],
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "config.toml").write_text("checkers.basedpyright.enabled = false\n", "utf-8")
    monkeypatch.setenv("UNDERSTUDY_HOME", str(folder))
    return folder


Lines = list[dict[str, Any] | str]


def judged(
    lines: Lines, tmp_path: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, list[dict[str, Any]], str]:
    file = tmp_path / "lines.jsonl"
    texts = (one if isinstance(one, str) else json.dumps(one) for one in lines)
    file.write_text("".join(f"{text}\n" for text in texts), "utf-8")
    code = main(["gate", "--jsonl", *options, str(file)])
    printed = capsys.readouterr()
    return code, [json.loads(line) for line in printed.out.splitlines()], printed.err


def test_a_mended_text_is_proved_by_the_real_tools(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (found,), said = judged([ENTRY], tmp_path, capsys)
    assert (code, said) == (0, "")
    assert list(found) == [
        *("id", "band", "score", "reasons", "hardStops", "stratum", "certain", "checked"),
    ]
    assert (found["id"], found["band"], found["hardStops"]) == (7, "confirm", [])
    assert found["score"] > 0.9
    assert found["checked"] == ["python_syntax", "ruff"]
    assert {"signal": "target_gone", "value": 1.0}.items() <= found["reasons"][0].items()
    assert found["reasons"][0]["evidence"] == "ruff F821 is gone, ruff says"


def test_a_range_in_utf_16_and_a_line_are_the_same_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = PYTHON.replace("return reslt", 'return "😀", reslt')
    place = {"start": {"line": 5, "character": 17}, "end": {"line": 5, "character": 22}}
    entry = {**ENTRY, "before": before, "after": before.replace("reslt", "result")}
    ranged = {**entry, "diagnostics": [{**TARGET, "line": None, "range": place}]}
    bare = {**entry, "diagnostics": [{"message": TARGET["message"]}]}
    _, found, _ = judged([entry, ranged, bare], tmp_path, capsys)
    assert found[0] == found[1] == found[2]
    assert found[0]["band"] == "confirm"


@pytest.mark.parametrize(
    ("change", "stop"),
    [
        ({"after": PYTHON}, "The edit changes nothing."),
        ({"after": MENDED + "x = (\n"}, "The file parses now, and would not parse"),
        ({"after": PYTHON.replace("sum(prices)", "sum(prices) + 0")}, "would still be there"),
        ({"after": MENDED + "print(nowhere)\n"}, "The edit brings a new error, ruff F821"),
        (
            {"after": MENDED.replace("import os\n", "import os\nimport re\n")},
            "The edit leaves a new problem, ruff F401",
        ),
        ({"reply": "```python\nreturn result"}, "The reply was cut off before its end."),
        ({"reply": "<think>Is it"}, "The reply was cut off before its end."),
        ({"path": "../elsewhere.py"}, "lies outside the workspace folder"),
        ({"path": ".understudy/config.toml"}, "Understudy's own configuration"),
    ],
)
def test_a_change_that_is_no_proved_mend_is_blocked_with_a_sentence(
    change: dict[str, Any], stop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (found,), _ = judged([{**ENTRY, **change}], tmp_path, capsys, "--auto")
    assert (code, found["band"]) == (0, "block")
    assert stop in " ".join(found["hardStops"])


RUST = 'fn helper() -> i32 { 1 }\nfn main() {\n    println!("{}", helpr());\n}\n'
C = "static int helper(int a) {\n    int yy = 2;\n    return a;\n}\nint total(void) {\n    return pric;\n}\n"


@pytest.mark.parametrize("path", [None, "main.rs", "src/bin/shop.rs"])
def test_a_rust_program_is_checked_as_one(
    path: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    require("cargo")
    target = {"source": "cargo", "code": "E0425", "line": 3, "message": "cannot find `helpr`"}
    entry = {
        "id": 1,
        "language": "rust",
        "before": RUST,
        "after": RUST.replace("helpr", "helper"),
        "diagnostics": [target],
        **({"path": path} if path else {}),
    }
    _, (found,), _ = judged([entry], tmp_path, capsys)
    assert (found["band"], found["hardStops"]) == ("confirm", [])
    assert "cargo" in found["checked"]


def test_what_a_c_compiler_tells_only_without_errors_was_there_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    require("clang")
    target = {"code": "", "line": 6, "message": "use of undeclared identifier 'pric'"}
    entry = {
        "id": 1,
        "language": "c",
        "before": C,
        "after": C.replace("pric;", "helper(1);"),
        "diagnostics": [target],
    }
    new = {**entry, "after": C.replace("return pric;", "int cc = 2;\n    return 1;")}
    _, found, _ = judged([entry, new], tmp_path, capsys)
    assert [one["band"] for one in found] == ["confirm", "block"]
    assert "clang" in found[0]["checked"]


def test_a_private_constant_gets_around_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = "def cut(items):\n    return items[:_LIMIT]\n"
    target = {"source": "ruff", "code": "F821", "line": 2, "message": "Undefined name `_LIMIT`"}
    entry = {"id": 1, "language": "python", "before": before, "diagnostics": [target]}
    after = "_LIMIT = 100\n\n\n" + before
    _, (found,), _ = judged([{**entry, "after": after}], tmp_path, capsys)
    assert found["band"] == "confirm"


def test_all_targets_must_be_gone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unused = {"message": "`os` imported but unused", "code": "F401", "source": "ruff", "line": 1}
    one = {**ENTRY, "diagnostics": [TARGET, unused]}
    both = {**one, "after": MENDED.replace("import os\n\n\n", "")}
    _, found, _ = judged([one, both], tmp_path, capsys)
    assert [one["band"] for one in found] == ["block", "confirm"]


def test_a_tools_own_fix_is_certain_and_applied_only_where_that_is_switched_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unused = {"message": "`os` imported but unused", "code": "F401", "source": "ruff", "line": 1}
    before = "import os\n\nx = 1\n"
    entry = {**ENTRY, "before": before, "after": "\nx = 1\n", "diagnostics": [unused]}
    _, (off,), _ = judged([entry], tmp_path, capsys)
    _, (on,), _ = judged([entry], tmp_path, capsys, "--auto")
    assert (off["band"], off["stratum"], off["certain"]) == ("confirm", "tool_fix", True)
    assert (on["band"], on["score"]) == ("auto", off["score"])


def test_words_alone_move_the_score_by_very_little(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = ("", "This will work. I'm confident. " * 9, "I think it might work.")
    lines: Lines = [{**ENTRY, "reply": reply} for reply in replies]
    _, found, _ = judged(lines, tmp_path, capsys)
    plain, boast, hedge = (one["score"] for one in found)
    assert hedge < plain < boast <= plain + 0.05
    assert plain - hedge <= 0.05


def test_a_bad_line_gets_a_sentence_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines: Lines = [
        *("nonsense", "[1]", ""),
        {**ENTRY, "after": None},
        {**ENTRY, "diagnostics": "none"},
        {**ENTRY, "diagnostics": [{"message": 3}]},
        {**ENTRY, "diagnostics": [{"message": "", "range": {"start": 1}}]},
        ENTRY,
    ]
    code, found, said = judged(lines, tmp_path, capsys)
    assert (code, [one["id"] for one in found]) == (1, [7])
    told = said.splitlines()
    assert [line.split(":")[1] for line in told] == [f" line {n}" for n in (1, 2, 4, 5, 6, 7)]
    assert all(line.endswith(".") for line in told)


def test_a_language_without_a_checker_is_limited_evidence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = {"language": "klingon", "before": "a\nb\n", "after": "a\nc\n"}
    _, (found,), _ = judged([entry], tmp_path, capsys, "--auto")
    assert found["band"] == "review"
    assert "Limited evidence: no checker looked at it before and after" in [
        one["evidence"] for one in found["reasons"]
    ]


def test_a_language_goes_by_its_usual_words_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines: Lines = [{**ENTRY, "language": word} for word in ("python", "Python", "py")]
    _, found, _ = judged(lines, tmp_path, capsys)
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("name", ["ruff.toml", "pyproject.toml", "sub/ruff.toml"])
def test_a_text_is_never_taken_for_what_configures_a_tool(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lenient = "lint.ignore = ['F821']\ntool.ruff.lint.ignore = ['F821']\n"
    worse = f"{lenient}y = nowhere\n"
    lines: Lines = [
        {**ENTRY, "before": lenient, "after": worse, "diagnostics": [], "path": name},
        {**ENTRY, "path": "sub/a.py"},
    ]
    _, found, _ = judged(lines, tmp_path, capsys)
    assert [one["band"] for one in found] == ["block", "confirm"]


def test_equal_lines_get_equal_verdicts_from_standard_input_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, found, _ = judged([ENTRY, ENTRY], tmp_path, capsys)
    assert found[0] == found[1]
    data = f"{json.dumps(ENTRY)}\n".encode()
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(data)))
    assert main(["gate", "--jsonl"]) == 0
    assert json.loads(capsys.readouterr().out) == found[0]


def test_the_report_tells_what_became_of_edits(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", "report"]) == 0
    empty = capsys.readouterr().out
    assert "No edit was judged yet" in empty
    assert "two_models" in empty
    path = journal_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    store(path, *run_rows(what="kept"))
    assert main(["gate", "report"]) == 0
    assert "1 of 1 problems were solved by an edit that was kept" in capsys.readouterr().out
    assert main(["gate", "report", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["good"]) == (1, 1)
    assert found["strata"][0]["stratum"] == "tool_fix"
    assert found["strata"][0]["tier"] == "auto"


def test_the_command_says_what_it_wants(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate"]) == 2
    assert "understudy gate report" in capsys.readouterr().err
    assert main(["gate", "--jsonl", "/no/such/file"]) == 2
    assert "can't be read" in capsys.readouterr().err
