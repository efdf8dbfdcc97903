"""What `understudy fix` says, with the real Ruff."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.cli_process import FIXED, environment, make_shop, run, tree

POSIX = pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")
FULL = Path("/dev/full")
KEYS = [
    *("path", "line", "code", "message", "band", "confidence"),
    *("evidence", "model", "diff", "seconds"),
]


def results(out: str) -> list[dict[str, Any]]:
    found = json.loads(out)
    assert list(found) == ["results"]
    return list(found["results"])


@pytest.fixture
def shop(workspace: Path) -> Path:
    return make_shop(workspace)


def test_json_says_for_each_problem_what_was_proved(shop: Path, home: Path) -> None:
    ended = run("fix", "--json", "shop.py", cwd=shop.parent, home=home)
    assert (ended.code, ended.err) == (0, "")
    found = results(ended.out)
    assert [list(one) for one in found] == [KEYS, KEYS]
    assert [(one["line"], one["code"]) for one in found] == [(7, "syntax-error"), (2, "F401")]
    for one in found:
        assert (one["path"], one["band"], one["model"]) == ("shop.py", "confirm", "builtin/rules")
        assert 0.75 <= one["confidence"] <= 1
        assert one["seconds"] > 0
        assert all(isinstance(sentence, str) and sentence for sentence in one["evidence"])
    assert found[0]["diff"].splitlines()[:2] == ["--- a/shop.py", "+++ b/shop.py"]
    assert "-    returns result\n+    return result\n" in found[0]["diff"]


def test_without_apply_nothing_is_written(shop: Path, home: Path) -> None:
    before = tree(shop.parent)
    ended = run("fix", ".", cwd=shop.parent, home=home)
    assert ended.code == 0
    assert "1 file would change: --apply writes it.\n" in ended.out
    assert tree(shop.parent) == before


def test_a_path_elsewhere_is_shown_whole(shop: Path, home: Path, tmp_path: Path) -> None:
    found = results(run("fix", "--json", shop, cwd=home, home=home).out)
    assert {one["path"] for one in found} == {shop.as_posix()}


def test_what_could_not_be_fixed_says_why(workspace: Path, home: Path) -> None:
    (workspace / "x.py").write_text("print(nobody_knows_this_name)\n")
    (one,) = results(run("fix", "--json", "x.py", cwd=workspace, home=home).out)
    assert [one[key] for key in ("band", "confidence", "model", "diff")] == [None] * 4
    assert one["evidence"] == ["`builtin/rules` knows no edit for ruff F821."]


def test_only_selected_codes_are_worked_on(shop: Path, home: Path) -> None:
    shop.write_text("import os\nimport re\n\nx = None\nprint(x == None)\n")
    ended = run("fix", "--json", "--select", "E7,F9", "shop.py", cwd=shop.parent, home=home)
    assert {one["code"] for one in results(ended.out)} == {"E711"}


def test_a_path_that_does_not_exist_is_named(shop: Path, home: Path) -> None:
    ended = run("fix", "shop.py", "nothing/here", cwd=shop.parent, home=home)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "understudy: There is no file or folder `nothing/here`.\n"


def test_a_model_that_does_not_exist_is_named(shop: Path, home: Path) -> None:
    ended = run("fix", "--model", "acme/large", ".", cwd=shop.parent, home=home)
    assert (ended.code, ended.out) == (2, "")
    assert "`acme/large`" in ended.err


@POSIX
def test_a_pipe_is_not_read(shop: Path, home: Path) -> None:
    os.mkfifo(shop.parent / "pipe.py")
    ended = run("fix", "pipe.py", cwd=shop.parent, home=home)
    assert ended.code == 1
    assert "it is not a regular file" in ended.err


def test_files_without_a_checker_are_counted(shop: Path, home: Path) -> None:
    for name in ("a.lua", "b.css", "c.css", "notes.txt"):
        (shop.parent / name).write_text("")
    shop.write_text(FIXED)
    ended = run("fix", ".", cwd=shop.parent, home=home)
    assert "4 files have no checker (css, lua, toml).\n" in ended.out
    assert "Nothing to fix in 1 file." in ended.out


def test_ignored_files_are_left_alone_unless_they_are_named(shop: Path, home: Path) -> None:
    (shop.parent / ".understudyignore").write_text("shop.py\n")
    assert results(run("fix", "--json", ".", cwd=shop.parent, home=home).out) == []
    assert results(run("fix", "--json", "shop.py", cwd=shop.parent, home=home).out)


def test_a_checker_that_is_missing_is_named_once(shop: Path, home: Path) -> None:
    (home / "config.toml").write_text("[checkers.basedpyright]\ncommand = ['/nowhere/it']\n")
    ended = run("fix", ".", cwd=shop.parent, home=home)
    assert ended.out.count("basedpyright: not available") == 2
    assert ended.out.count("Not checked by basedpyright: ") == 1


def test_what_is_wrong_with_the_configuration_is_told(shop: Path, home: Path) -> None:
    (home / "config.toml").write_text("[fix]\ntimeout = 3\n")
    ended = run("fix", "--json", ".", cwd=shop.parent, home=home)
    assert ended.code == 0
    assert ended.err.count("`fix.timeout`") == 1
    assert len(results(ended.out)) == 2


def test_colours_come_when_they_are_forced_and_never_with_no_color(shop: Path, home: Path) -> None:
    plain = run("fix", ".", cwd=shop.parent, home=home).out
    forced = run("fix", ".", cwd=shop.parent, home=home, FORCE_COLOR="1", TERM="xterm").out
    none = run("fix", ".", cwd=shop.parent, home=home, FORCE_COLOR="1", NO_COLOR="1", TERM="xterm")
    assert "\x1b" not in plain
    assert "\x1b[32m+     return result" in forced
    assert "\x1b[3" not in none.out


def test_a_file_can_not_steer_the_terminal(shop: Path, home: Path) -> None:
    shop.write_text("x = 1  # \x1b]0;owned\x07\nprint(x == None)\n")
    out = run("fix", ".", cwd=shop.parent, home=home, FORCE_COLOR="1", TERM="xterm").out
    assert "\x1b]" not in out
    assert r"\x1b]0;owned\x07" in out


@POSIX
def test_on_a_terminal_a_bar_shows_the_progress_and_goes_away(shop: Path, home: Path) -> None:
    import pty

    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "understudy", "fix", "--json", "."],
        cwd=shop.parent,
        env=environment(home, TERM="xterm"),
        stdout=subprocess.PIPE,
        stderr=slave,
    ) as process:
        os.close(slave)
        out, _ = process.communicate(timeout=90)
    shown = os.read(master, 100_000).decode()
    os.close(master)
    assert len(results(out.decode())) == 2
    assert "Fixing" in shown
    assert "\x1b[1A\x1b[2K" in shown


@POSIX
def test_a_line_end_in_a_files_name_breaks_no_line(workspace: Path, home: Path) -> None:
    for name in ("odd\nname.py", "b.py"):
        (workspace / name).write_text("import os\n")
    out = run("fix", ".", cwd=workspace, home=home).out
    assert any(line.startswith("odd\\nname.py  ") for line in out.splitlines())
    assert "name.py" not in [line.partition(" ")[0] for line in out.splitlines()]


@pytest.mark.skipif(not FULL.exists(), reason="Only on Linux is there a full device.")
def test_output_that_does_not_fit_is_told_in_a_sentence(shop: Path, home: Path) -> None:
    command = [sys.executable, "-m", "understudy", "fix", "shop.py"]
    for arguments in ([], ["--json"]):
        with FULL.open("wb") as full:
            ended = subprocess.run(
                [*command, *arguments],
                cwd=shop.parent,
                env=environment(home),
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert ended.returncode == 2
        assert ended.stderr.splitlines()[-1].startswith("understudy: The output can't be written:")
        assert "Traceback" not in ended.stderr


def test_a_model_of_the_settings_may_be_named_and_no_other_one(shop: Path, home: Path) -> None:
    home.mkdir(exist_ok=True)
    config = '[providers.acme]\nbase_url = "http://127.0.0.1:9/v1"\n[models."acme/one"]\n'
    (home / "config.toml").write_text(config, encoding="utf-8")
    ended = run("fix", "--model", "acme/one", "shop.py", cwd=shop.parent, home=home)
    assert "There is no model" not in ended.err
    assert "acme/one" in ended.out
    unknown = run("fix", "--model", "nobody/knows", "shop.py", cwd=shop.parent, home=home)
    assert unknown.code == 2
    assert "There is no model `nobody/knows`" in unknown.err
    assert unknown.out == ""
