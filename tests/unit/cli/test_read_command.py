"""`understudy read`, as it is called."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from understudy.cli import FAILED, main

if TYPE_CHECKING:
    from pathlib import Path

    Output = pytest.CaptureFixture[str]

TEXT = "def one():\n    return 1\n\n\ndef two():\n    return 3\n"
BLOCK = "<<<<<<< SEARCH\n    return 3\n=======\n    return 2\n>>>>>>> REPLACE\n"
REFUSED = 3


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "numbers.py"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return path


def given(monkeypatch: pytest.MonkeyPatch, reply: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(reply.encode())))


def said(
    monkeypatch: pytest.MonkeyPatch, capfd: Output, lines: list[Any], *arguments: str
) -> list[dict[str, Any]]:
    given(monkeypatch, "".join(json.dumps(line) + "\n" for line in lines))
    assert main(["read", "--jsonl", *arguments]) == 0
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


def test_the_text_with_the_edit_is_printed_and_the_file_stays(
    file: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given(monkeypatch, f"This will do:\n\n{BLOCK}")
    assert main(["read", str(file)]) == 0
    assert capfdbinary.readouterr().out == TEXT.replace("return 3", "return 2").encode()
    assert file.read_text(encoding="utf-8") == TEXT


def test_what_is_printed_keeps_line_ends_and_encoding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "numbers.py"
    old = "# -*- coding: latin-1 -*-\r\nname = 'é'\r\nvalue = 3".encode("latin-1")
    path.write_bytes(old)
    given(monkeypatch, "<<<<<<< SEARCH\nvalue = 3\n=======\nvalue = 2\n>>>>>>> REPLACE\n")
    assert main(["read", str(path)]) == 0
    assert capfdbinary.readouterr().out == old.replace(b"3", b"2")


def test_in_a_range_the_fenced_code_is_the_new_text_of_these_lines(
    file: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given(monkeypatch, "```python\ndef two():\n    return 2\n```\n")
    assert main(["read", str(file), "--range", "5:6"]) == 0
    assert capfdbinary.readouterr().out == TEXT.replace("return 3", "return 2").encode()


def test_without_an_edit_the_outcome_and_the_reason_are_told(
    file: Path, monkeypatch: pytest.MonkeyPatch, capfd: Output
) -> None:
    given(monkeypatch, BLOCK.replace("3", "7"))
    assert main(["read", str(file)]) == REFUSED
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.startswith("understudy: not_found: ")


def test_as_json_everything_is_told(
    file: Path, monkeypatch: pytest.MonkeyPatch, capfd: Output
) -> None:
    given(monkeypatch, f"This will do:\n\n{BLOCK}")
    assert main(["read", str(file), "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["outcome"], told["format"], told["match"]) == ("edit", "search_replace", "exact")
    assert told["risk"] == "none"
    assert "This will do" in told["prose"]
    given(monkeypatch, "I can't help with that.")
    assert main(["read", str(file), "--json"]) == REFUSED
    told = json.loads(capfd.readouterr().out)
    assert told["outcome"] == "declined"
    assert told["category"] == "refusal"


def test_the_edits_tell_what_is_replaced_by_what(
    monkeypatch: pytest.MonkeyPatch, capfd: Output
) -> None:
    before = "é = '😀'\r\ndef two():\r\n    return 3\r\n"
    reply = "<<<<<<< SEARCH\n    return 3\n=======\n    return 2\n>>>>>>> REPLACE\n"
    line = {"id": 1, "language": "python", "before": before, "reply": reply}
    (found,) = said(
        monkeypatch,
        capfd,
        [
            line,
        ],
    )
    at = before.index("3")
    assert found["edits"] == [{"start": at, "end": at + 1, "text": "2"}]
    (same,) = said(monkeypatch, capfd, [{**line, "before": before.replace("3", "2")}])
    assert same["edits"] == []


def test_many_replies_are_read_in_one_process_each_by_its_own_form(
    monkeypatch: pytest.MonkeyPatch, capfd: Output
) -> None:
    after = TEXT.replace("return 3", "return 2")
    patch = (
        "*** Begin Patch\n*** Update File: a.py\n@@\n-    return 3\n+    return 2\n*** End Patch"
    )
    diff = "```diff\n--- a/a.py\n+++ b/a.py\n@@ -5,2 +5,2 @@\n def two():\n-    return 3\n+    return 2\n```"
    replies = {
        "search_replace": BLOCK,
        "apply_patch": patch,
        "unified_diff": diff,
        "whole_file": f"```python\n{after}```",
        "json": json.dumps(
            {
                "version": 1,
                "summary": "Two is two.",
                "edits": [
                    {
                        "kind": "replace",
                        "old": "    return 3",
                        "new": "    return 2",
                        "path": "a.py",
                    }
                ],
                "done": True,
            }
        ),
    }
    lines = [
        {"id": name, "language": "python", "before": TEXT, "reply": reply}
        for name, reply in replies.items()
    ]
    for told in said(monkeypatch, capfd, lines):
        assert told["after"] == after, told
        assert told["format"] == told["id"]
        assert told["outcome"] == "edit"


def test_an_edit_that_is_there_already_leaves_the_text_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capfd: Output
) -> None:
    after = TEXT.replace("return 3", "return 2")
    line = {"id": 1, "language": "python", "before": after, "reply": BLOCK}
    (told,) = said(monkeypatch, capfd, [line])
    assert (told["outcome"], told["after"]) == ("unchanged", after)


def test_a_format_can_be_demanded(monkeypatch: pytest.MonkeyPatch, capfd: Output) -> None:
    line = {"id": 1, "language": "python", "before": TEXT, "reply": BLOCK}
    (told,) = said(monkeypatch, capfd, [line], "--format", "apply_patch")
    assert told["outcome"] not in {"edit", "unchanged"}
    (told,) = said(monkeypatch, capfd, [{**line, "format": "search_replace"}])
    assert told["outcome"] == "edit"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "it is not JSON"),
        ("[]", "it must be a JSON object"),
        ('{"before": 1, "reply": ""}', "`before` must be a string"),
        ('{"before": "a", "reply": null}', "`reply` must be a string"),
        ('{"before": "a", "reply": "", "range": "9:2"}', "There are no lines 9 to 2"),
        ('{"before": "a", "reply": "", "range": "x"}', "`range` must be two line numbers"),
        ('{"before": "a", "reply": "", "format": "morse"}', "There is no edit format `morse`"),
    ],
)
def test_a_bad_line_is_told_and_the_others_go_on(
    line: str, sentence: str, monkeypatch: pytest.MonkeyPatch, capfd: Output
) -> None:
    good = json.dumps({"id": "good", "language": "python", "before": TEXT, "reply": BLOCK})
    given(monkeypatch, f"{line}\n\n{good}\n")
    assert main(["read", "--jsonl"]) == 1
    told = capfd.readouterr()
    assert "understudy: line 1: " in told.err
    assert sentence in told.err
    assert json.loads(told.out)["id"] == "good"


def test_a_file_must_be_named_and_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Output
) -> None:
    given(monkeypatch, BLOCK)
    assert main(["read"]) == FAILED
    assert "needs the FILE" in capfd.readouterr().err
    assert main(["read", str(tmp_path / "gone.py")]) == FAILED
    assert "can't be read" in capfd.readouterr().err
