from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from understudy.cli import FAILED, main

if TYPE_CHECKING:
    from pathlib import Path

    Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDERSTUDY_HOME", str(tmp_path / "home"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    (folder / ".understudy").mkdir(parents=True)
    (folder / "a.py").write_text("def f(): ...\n")
    (folder / "b.go").write_text("package b\n\nfunc G() {}\n")
    (folder / "c_pb2.py").write_text("x = 1\n")
    (folder / "ignored.py").write_text("x = 1\n")
    (folder / ".gitignore").write_text("ignored.py\n")
    return folder


def told(root: Path, capsys: Output, *more: str) -> dict[str, object]:
    assert main(["index", "--json", *more, str(root)]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_counts_size_and_what_is_left_out_are_told(root: Path, capsys: Output) -> None:
    found = told(root, capsys)
    assert found["root"] == str(root)
    assert (found["files"], found["definitions"], found["read"]) == (2, 2, 2)
    assert found["languages"] == {"go": 1, "python": 1}
    assert found["left_out"] == {
        ".understudy": "hidden",
        "c_pb2.py": "generated",
        "ignored.py": "ignored",
    }
    size = found["bytes"]
    assert isinstance(size, int)
    assert size > 0
    # The second time nothing has to be read, unless somebody wants that.
    assert told(root, capsys)["read"] == 0
    assert told(root, capsys, "--rebuild")["read"] == 2


def test_a_person_reads_it_in_lines(root: Path, capsys: Output) -> None:
    assert main(["index", str(root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == str(root)
    assert lines[1].startswith("  2 files, 2 definitions, ")
    assert "    generated: 1" in lines
    assert not any("c_pb2.py" in line for line in lines)
    assert main(["index", "--left-out", str(root)]) == 0
    assert "    c_pb2.py: generated" in capsys.readouterr().out.splitlines()


def test_the_doctor_knows_of_it(root: Path, capsys: Output) -> None:
    told(root, capsys)
    main(["doctor", "--json", str(root)])
    findings = json.loads(capsys.readouterr().out)["findings"]
    (finding,) = [one for one in findings if one["topic"] == "index"]
    assert finding["state"] == "ok"
    assert finding["text"].startswith("2 files, 2 definitions")


def test_a_file_is_no_workspace(root: Path, capsys: Output) -> None:
    assert main(["index", str(root / "a.py")]) == FAILED
    assert "is not a folder" in capsys.readouterr().err
