"""What `understudy fix --apply` writes, and what it leaves alone."""

from __future__ import annotations

import json
import os
import signal
import stat
from typing import TYPE_CHECKING

import pytest

from tests.e2e.cli_process import BROKEN, FIXED, make_shop, run, start, tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.slow_tool import SlowTool

POSIX = pytest.mark.skipif(os.name != "posix", reason="Only on POSIX")


@pytest.fixture
def shop(workspace: Path) -> Path:
    return make_shop(workspace)


def test_with_apply_the_file_is_right_and_all_others_are_as_they_were(
    shop: Path, home: Path
) -> None:
    (shop.parent / "fine.py").write_bytes(b"x = 1\r\n")
    before = tree(shop.parent)
    ended = run("fix", "--apply", ".", cwd=shop.parent, home=home)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("Wrote 1 file.\n"), ended.out
    assert tree(shop.parent) == before | {"shop.py": FIXED.encode()}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BROKEN.replace("\n", "\r\n").encode(), FIXED.replace("\n", "\r\n").encode()),
        (b"\xef\xbb\xbf# \xcf\x80\nimport os\n", b"\xef\xbb\xbf# \xcf\x80\n"),
        (
            b"# -*- coding: latin-1 -*-\r\nimport os\r\nname = 'na\xefve'\r\n",
            b"# -*- coding: latin-1 -*-\r\nname = 'na\xefve'\r\n",
        ),
        (b"x = 1\nprint(x == None)", b"x = 1\nprint(x is None)"),
        (
            b"x = '\xf0\x9f\x98\x80'\rprint(x == None)\r",
            b"x = '\xf0\x9f\x98\x80'\rprint(x is None)\r",
        ),
    ],
    ids=["CRLF", "byte order mark", "declared encoding", "no last line end", "CR"],
)
def test_bytes_that_no_edit_touches_stay(
    shop: Path, home: Path, before: bytes, after: bytes
) -> None:
    shop.write_bytes(before)
    assert run("fix", "--apply", "shop.py", cwd=shop.parent, home=home).code == 0
    assert shop.read_bytes() == after


@POSIX
def test_permissions_stay(shop: Path, home: Path) -> None:
    shop.chmod(0o750)
    assert run("fix", "--apply", ".", cwd=shop.parent, home=home).code == 0
    assert shop.read_bytes() == FIXED.encode()
    assert stat.S_IMODE(shop.stat().st_mode) == 0o750


def test_a_file_that_can_not_be_decoded_does_not_stop_the_others(shop: Path, home: Path) -> None:
    (shop.parent / "bytes.py").write_bytes(b"x = 1\ny = '\xff'\n")
    (shop.parent / "klingon.py").write_bytes(b"# coding: klingon\n")
    ended = run("fix", "--apply", "--json", ".", cwd=shop.parent, home=home)
    assert ended.code == 1
    assert len(json.loads(ended.out)["results"]) == 2
    assert "bytes.py` is not utf-8 text: line 2 can't be decoded.\n" in ended.err
    assert "klingon.py` declares an encoding that can't be used" in ended.err
    assert shop.read_bytes() == FIXED.encode()


def test_a_read_only_file_is_left_alone(shop: Path, home: Path) -> None:
    shop.chmod(0o444)
    ended = run("fix", "--apply", ".", cwd=shop.parent, home=home)
    assert ended.code == 1
    assert ended.err == f"understudy: `{shop}` is read-only, so it is not written.\n"
    assert "Wrote 0 files.\n" in ended.out
    assert shop.read_bytes() == BROKEN.encode()


def test_a_protected_file_is_shown_and_not_written(shop: Path, home: Path) -> None:
    hook = shop.parent / ".vscode" / "task.py"
    hook.parent.mkdir()
    hook.write_text("import os\n")
    ended = run("fix", "--apply", hook, cwd=shop.parent, home=home)
    assert ended.code == 1
    assert "- import os" in ended.out
    assert "editor configuration" in ended.err
    assert "not written" in ended.err
    assert hook.read_text() == "import os\n"


@POSIX
def test_a_link_out_of_the_folder_is_not_followed(shop: Path, home: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    outside.write_bytes(BROKEN.encode())
    link = shop.parent / "link.py"
    link.symlink_to(outside)
    ended = run("fix", "--apply", "link.py", cwd=shop.parent, home=home)
    assert "`link.py` lies outside the workspace folder." in ended.out
    assert "Wrote 0 files.\n" in ended.out
    assert outside.read_bytes() == BROKEN.encode()
    assert link.is_symlink()


@POSIX
def test_a_link_inside_the_folder_stays_a_link(shop: Path, home: Path) -> None:
    link = shop.parent / "link.py"
    link.symlink_to(shop)
    assert run("fix", "--apply", "link.py", cwd=shop.parent, home=home).code == 0
    assert link.is_symlink()
    assert shop.read_bytes() == FIXED.encode()


def test_a_file_that_changed_in_between_is_left_alone(
    shop: Path, home: Path, slow: SlowTool
) -> None:
    before = tree(shop.parent)
    with start("fix", "--apply", ".", cwd=shop.parent, home=home) as process:
        slow.wait_until_started()
        shop.write_text("mine = 1\n")
        slow.release()
        _, err = process.communicate(timeout=90)
    assert process.returncode == 1
    assert err == f"understudy: `{shop}` was changed in the meantime, so it is not written.\n"
    assert tree(shop.parent) == before | {"shop.py": b"mine = 1\n"}


@POSIX
def test_ctrl_c_leaves_everything_as_it_was(shop: Path, home: Path, slow: SlowTool) -> None:
    before = tree(shop.parent)
    with start("fix", "--apply", ".", cwd=shop.parent, home=home) as process:
        slow.wait_until_started()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=90)
    assert (process.returncode, out, err) == (130, "", "")
    assert tree(shop.parent) == before


@POSIX
def test_a_reader_that_goes_away_is_no_failure(shop: Path, home: Path) -> None:
    with start("fix", "--apply", ".", cwd=shop.parent, home=home) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
    assert shop.read_bytes() == FIXED.encode()
