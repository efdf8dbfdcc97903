from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from understudy.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Output = pytest.CaptureFixture[str]


def _given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_each_line_gives_one_record(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    lines = [
        {"provider": "openai", "status": 429, "headers": {"retry-after": "3"}, "body": ""},
        {"source": "ts", "code": "2307", "text": "Cannot find module 'x'."},
    ]
    _given(monkeypatch, "\n".join(map(json.dumps, lines)).encode())
    assert main(["failures", "classify"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["category"] == "rate_limit"
    assert first["retry"] == {"action": "wait", "after_s": 3.0}
    assert second["category"] == "import_error"
    assert set(second) == {
        *("category", "retry", "fingerprint", "confidence", "blame", "phase", "code"),
        *("evidence", "secondary", "message"),
    }


def test_a_body_may_be_json_itself(tmp_path: Path, capsys: Output) -> None:
    body = {"error": {"message": "prompt is too long: 9 tokens > 8 maximum"}}
    file = tmp_path / "errors.jsonl"
    file.write_text(json.dumps({"provider": "anthropic", "status": 400, "body": body}))
    assert main(["failures", "classify", str(file)]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["category"], record["limit"]) == ("context_overflow", 8)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{", "it is not JSON"),
        (b"[1]", "it must be a JSON object"),
        (b"{}", "it needs `provider`, `status` and `body`, or `source` and `text`"),
        (b"\xff", "it is not UTF-8"),
        (b'{"provider": 1}', "`provider` must be a string"),
        (
            b'{"provider": "a", "status": "4x9"}',
            "`status` must be a whole number from 100 to 599, or null",
        ),
        (b'{"provider": "a", "status": 429.5}', "`status` must be a whole number from 100"),
        (b'{"provider": "a", "status": NaN}', "`status` must be a whole number from 100"),
        (b'{"provider": "a", "status": true}', "`status` must be a whole number from 100"),
        (b'{"provider": "a", "status": "0429"}', "`status` must be a whole number from 100"),
        (b'{"provider": "a", "status": ' + b"9" * 9_000 + b"}", "it is not JSON"),
        (b'{"provider": "a", "status": 99999}', "`status` must be a whole number from 100"),
        (b'{"provider": "a", "status": 500, "body": null}', "`body` must be a string or JSON"),
        (b'{"provider": "a", "headers": []}', ""),
        (b'{"provider": "a", "headers": [1]}', "`headers` must be an object"),
        (b'{"source": "a", "text": 1}', "`text` must be a string"),
        (b'{"source": "a", "text": "b", "phase": "dream"}', "`phase` must be one of request,"),
        (b"[" * 100_000, "it is not JSON that can be read: it is nested too deeply.\n"),
    ],
)
def test_a_bad_line_is_named_and_the_others_go_on(
    line: bytes, said: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    _given(monkeypatch, line + b'\n\n{"source": "go", "text": "undefined: x"}\n')
    assert main(["failures", "classify"]) == (1 if said else 0)
    shown = capsys.readouterr()
    first, last = map(json.loads, shown.out.splitlines())
    assert last["category"] == "type_error"
    if said:
        assert set(first) == {"line", "error"}
        assert first["line"] == 1
        assert first["error"].startswith(said.strip())
        assert shown.err.startswith(f"understudy: line 1: {said}")


def test_every_line_that_says_something_has_its_record_in_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    good = b'{"source": "go", "text": "undefined: x"}'
    _given(monkeypatch, b"\n".join([good, b"oops", b"", b"[]", good]))
    assert main(["failures", "classify"]) == 1
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record.get("line") for record in records] == [None, 2, 4, None]


@pytest.mark.parametrize("status", ['"429"', "429.0", '" 429 "', "429"])
def test_a_status_may_be_written_as_logs_write_it(
    status: str, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    _given(monkeypatch, f'{{"provider": "openai", "status": {status}, "body": ""}}'.encode())
    assert main(["failures", "classify"]) == 0
    assert json.loads(capsys.readouterr().out)["category"] == "rate_limit"


def test_a_file_that_is_not_there_ends_the_command(tmp_path: Path, capsys: Output) -> None:
    assert main(["failures", "classify", str(tmp_path / "none")]) == 2
    assert "can't be read" in capsys.readouterr().err
