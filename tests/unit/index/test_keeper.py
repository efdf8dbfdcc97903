from __future__ import annotations

import os
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest

from tests.unit.index.folders import Kept, write
from understudy.index import schema
from understudy.index.on_disk import MAX_PARSED_HERE
from understudy.index.place import database_in
from understudy.index.store import Stamp

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_defined_imported_and_used_is_stored(kept: Kept) -> None:
    write(kept.root, pkg__a_py="from .b import f\ndef g():\n    return f(other)\n")
    write(kept.root, pkg__b_py="class K:\n    def f(self): ...\ndef f(): ...\n")
    assert kept.scan() == 2
    disk = kept.disk()
    assert [(place.path, place.definition.kind) for place in disk.named("f")] == [
        ("pkg/b.py", "method"),
        ("pkg/b.py", "function"),
    ]
    facts = disk.facts("pkg/a.py")
    assert facts is not None
    assert [one.module for one in facts.imports] == [".b"]
    assert disk.using("other") == ["pkg/a.py"]
    assert disk.ending("pkg/a.py") == disk.ending("a.py") == ["pkg/a.py"]
    assert disk.ending("g/a.py") == []
    assert disk.in_folder("pkg") == ["pkg/a.py", "pkg/b.py"]
    assert disk.in_folder("") == []
    assert disk.has("pkg/a.py")
    assert not disk.has("pkg/none.py")


def test_modules_are_found_by_the_name_they_give_themselves(kept: Kept) -> None:
    write(kept.root, x__A_java="package a.b;\nclass A {}\n", y__B_java="package a.b;\nclass B {}\n")
    kept.scan()
    assert kept.disk().of_module("a.b") == ["x/A.java", "y/B.java"]
    assert kept.disk().of_module("") == []


def test_a_second_scan_reads_only_what_changed(kept: Kept, tmp_path: Path) -> None:
    write(kept.root, a_py="x = 1\n", b_py="y = 1\n")
    assert kept.scan() == 2
    assert kept.scan() == 0
    write(kept.root, b_py="def y(): ...\n")
    again = Kept(kept.root, tmp_path / "index")
    assert again.scan() == 1
    assert [place.definition.kind for place in again.disk().named("y")] == ["function"]
    again.store.close()


def test_a_file_with_new_times_and_the_old_contents_is_not_parsed_again(kept: Kept) -> None:
    write(kept.root, a_py="x = 1\n")
    kept.scan()
    os.utime(kept.root / "a.py", ns=(1, 1))
    assert kept.scan() == 0
    seen = (kept.root / "a.py").stat()
    stored = kept.disk().shelf.stored("a.py")
    assert stored is not None
    assert stored.stamp == (seen.st_mtime_ns + seen.st_ctime_ns, seen.st_size)


@pytest.mark.skipif(sys.platform == "win32", reason="Only on POSIX is there a time of change")
def test_a_file_with_other_contents_and_the_old_size_and_time_is_read_again(kept: Kept) -> None:
    write(kept.root, a_py="def start(): ...\n")
    kept.scan()
    before = (kept.root / "a.py").stat()
    (kept.root / "a.py").write_text("def stirr(): ...\n")
    os.utime(kept.root / "a.py", ns=(before.st_atime_ns, before.st_mtime_ns))
    disk = kept.disk()
    facts = disk.facts("a.py")
    assert facts is not None
    assert [one.name for one in facts.definitions] == ["stirr"]
    assert kept.scan() == 1
    assert [place.path for place in kept.disk().named("stirr")] == ["a.py"]


def test_where_times_are_coarse_a_file_is_read_again_when_somebody_tells(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("keeper", "on_disk"):
        monkeypatch.setattr(
            f"understudy.index.{place}.stamp_of", lambda seen: Stamp(1, seen.st_size)
        )
    write(kept.root, a_py="def start(): ...\n", b_py="x = 1\n")
    kept.scan()
    disk = kept.disk()
    assert disk.facts("a.py") is not None
    write(kept.root, a_py="def stirr(): ...\n")
    assert kept.scan() == 0
    kept.update("a.py", "b.py")
    assert kept.keeper.read == 3
    disk.forget(["a.py"])
    facts = disk.facts("a.py")
    assert facts is not None
    assert [one.name for one in facts.definitions] == ["stirr"]
    assert [place.path for place in disk.named("stirr")] == ["a.py"]


def test_of_a_file_with_other_times_alone_the_stored_facts_count(kept: Kept) -> None:
    long = "".join(f"def f{n}(): ...\n" for n in range(2_000)) * 4
    write(kept.root, long_py=long)
    kept.scan()
    disk = kept.disk()
    os.utime(kept.root / "long.py", ns=(1, 1))
    assert len(long) > MAX_PARSED_HERE
    facts = disk.facts("long.py")
    assert facts is not None
    assert facts.definitions[0].name == "f0"


def test_files_that_are_renamed_or_deleted_go(kept: Kept) -> None:
    write(kept.root, a_py="def f(): ...\n", b_py="def g(): ...\n")
    kept.scan()
    (kept.root / "a.py").rename(kept.root / "c.py")
    (kept.root / "b.py").unlink()
    kept.scan()
    disk = kept.disk()
    assert [place.path for place in disk.named("f")] == ["c.py"]
    assert disk.named("g") == []
    assert disk.using("g") == []


def test_single_files_are_looked_at_when_somebody_tells(kept: Kept) -> None:
    write(kept.root, a_py="def f(): ...\n", gone_py="z = 1\n")
    kept.scan()
    write(kept.root, a_py="def g(): ...\n", new__b_py="def h(): ...\n")
    (kept.root / "gone.py").unlink()
    assert kept.update("a.py", "new/b.py", "gone.py", ".git/x.py", "../x.py") is False
    disk = kept.disk()
    assert disk.named("f") == []
    assert [place.path for place in disk.named("g")] == ["a.py"]
    assert [place.path for place in disk.named("h")] == ["new/b.py"]
    assert disk.shelf.stored("gone.py") is None


def test_a_scan_does_not_forget_what_came_while_it_ran(kept: Kept) -> None:
    write(kept.root, a_py="x = 1\n", z__b_py="x = 1\n")
    kept.store.begin()
    scan = kept.keeper.scan()
    next(scan)
    write(kept.root, a0_py="def late(): ...\n")
    kept.keeper.update(["a0.py"])
    for _ in scan:
        pass
    kept.store.commit()
    assert [place.path for place in kept.disk().named("late")] == ["a0.py"]


@pytest.mark.parametrize("path", [".gitignore", "sub/.understudyignore"])
def test_a_changed_ignore_file_needs_a_scan(kept: Kept, path: str) -> None:
    write(kept.root, sub__a_py="x = 1\n")
    kept.scan()
    (kept.root / path).write_text("a.py\n")
    assert kept.update(path) is True
    kept.scan()
    assert kept.left_out() == {"sub/a.py": "ignored"}
    assert not kept.disk().has("sub/a.py")


def test_a_folder_that_came_or_went_needs_a_scan(kept: Kept) -> None:
    write(kept.root, sub__a_py="x = 1\n")
    kept.scan()
    (kept.root / "sub").rename(kept.root / "other")
    assert kept.update("sub") is True
    assert kept.update("other") is True


def test_a_file_that_is_left_out_now_is_no_longer_found(kept: Kept) -> None:
    write(kept.root, a_py="def f(): ...\n")
    kept.scan()
    write(kept.root, a_py="# @generated\ndef f(): ...\n")
    assert kept.update("a.py") is False
    assert kept.left_out() == {"a.py": "generated"}
    assert kept.disk().named("f") == []
    write(kept.root, a_py="def f(): ...\n")
    kept.update("a.py")
    assert [place.path for place in kept.disk().named("f")] == ["a.py"]


def test_another_edition_is_read_again(
    kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(kept.root, a_py="x = 1\n")
    kept.scan()
    monkeypatch.setattr(schema, "edition", lambda: "another")
    assert kept.disk().shelf.stored("a.py") is None
    again = Kept(kept.root, tmp_path / "index")
    assert again.scan() == 1
    again.store.close()


@pytest.mark.parametrize("damage", [b"no database at all, but rather long " * 100, b""])
def test_a_damaged_database_is_made_anew(kept: Kept, tmp_path: Path, damage: bytes) -> None:
    write(kept.root, a_py="x = 1\n")
    kept.scan()
    kept.store.close()
    database_in(kept.folder).write_bytes(damage)
    again = Kept(kept.root, tmp_path / "index")
    assert again.scan() == 1
    again.store.close()


def test_a_database_that_is_damaged_inside_answers_nothing_and_says_so(kept: Kept) -> None:
    write(kept.root, **{f"a{n}_py": "def f(): ...\n" * 50 for n in range(200)})
    kept.scan()
    kept.store.close()
    path = database_in(kept.folder)
    whole = path.read_bytes()
    disk = kept.disk()
    sound = 2 * schema.PAGE_BYTES
    path.write_bytes(whole[:sound] + b"\xff" * (len(whole) - sound))
    disk = kept.disk()
    assert disk.named("f") == []
    assert disk.shelf.is_damaged


def test_nothing_in_the_database_is_code(kept: Kept) -> None:
    write(kept.root, a_py="def f(): ...\n")
    kept.scan()
    with sqlite3.connect(database_in(kept.folder)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        kinds = {
            type(value)
            for table in tables
            for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own names
            for value in row
        }
    connection.close()
    assert kinds <= {str, int}
