from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.index.folders import Kept, write
from understudy.index import opened
from understudy.index.extraction import digest_of, facts_of
from understudy.index.opened import Extracts, Opened
from understudy.workspace.view import OpenDocument

if TYPE_CHECKING:
    import pytest


def over(
    kept: Kept,
    *exclude: str,
    language: str = "python",
    extracts: Extracts | None = None,
    **texts: str,
) -> Opened:
    documents = {}
    for name, text in texts.items():
        stem, _, suffix = name.replace("__", "/").rpartition("_")
        path = f"{stem}.{suffix}"
        whole = kept.root / path
        documents[path] = OpenDocument(whole.as_uri(), whole, language, 7, text)
    return Opened(kept.disk(*exclude), documents, extracts or Extracts())


def test_what_is_not_saved_wins(kept: Kept) -> None:
    write(kept.root, a_py="def old(): ...\nshared\n", b_py="def old(): ...\n")
    kept.scan()
    index = over(kept, a_py="def new(): ...\n")
    assert [place.path for place in index.named("old")] == ["b.py"]
    assert [place.path for place in index.named("new")] == ["a.py"]
    assert index.using("shared") == []
    assert index.text("a.py") == "def new(): ...\n"
    assert index.text("b.py") == "def old(): ...\n"
    assert (index.version("a.py"), index.version("b.py")) == (7, None)
    facts = index.facts("a.py")
    assert facts is not None
    assert [one.name for one in facts.definitions] == ["new"]


def test_a_document_that_was_never_saved_is_there(kept: Kept) -> None:
    kept.scan()
    index = over(kept, pkg__new_py="def f(): ...\nother\n")
    assert index.has("pkg/new.py")
    assert index.ending("new.py") == index.in_folder("pkg") == ["pkg/new.py"]
    assert index.using("other") == ["pkg/new.py"]
    assert not over(kept).has("pkg/new.py")


def test_modules_of_open_documents_count(kept: Kept) -> None:
    write(kept.root, A_java="package old;\nclass A {}\n", B_java="package old;\nclass B {}\n")
    kept.scan()
    index = over(kept, language="java", A_java="package new;\nclass A {}\n")
    assert index.of_module("old") == ["B.java"]
    assert index.of_module("new") == ["A.java"]


def test_an_open_document_that_is_left_out_stays_out(kept: Kept) -> None:
    write(kept.root, a_py="# @generated\n")
    (kept.root / ".gitignore").write_text("ignored.py\n")
    kept.scan()
    index = over(
        kept,
        "kept.py",
        a_py="def f(): ...\n",
        ignored_py="def f(): ...\n",
        kept_py="def f(): ...\n",
    )
    assert index.named("f") == []
    assert [index.has(path) for path in ("a.py", "ignored.py", "kept.py")] == [False] * 3
    assert [index.text(path) for path in ("a.py", "ignored.py", "kept.py")] == [None] * 3


def test_a_settings_file_is_read_as_it_is_in_the_editor(kept: Kept) -> None:
    write(kept.root, go_mod="module old\n", x_env="OLD=1\n")
    kept.scan()
    index = over(kept, language="go.mod", go_mod="module new\n", x_env="NEW=1\n")
    assert index.text("go.mod") == "module new\n"
    assert index.version("go.mod") == 7
    assert index.text("x.env") is None


def test_the_editor_says_which_language_it_is(kept: Kept) -> None:
    kept.scan()
    index = over(kept, language="cpp", a_h="class K { int x; };\n")
    facts = index.facts("a.h")
    assert facts is not None
    assert (facts.language, facts.definitions[0].kind) == ("cpp", "class")


def test_a_document_that_is_saved_is_not_parsed_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(kept.root, a_py="def f(): ...\n")
    kept.scan()
    monkeypatch.delattr(opened, "facts_of")
    assert [place.path for place in over(kept, a_py="def f(): ...\n").named("f")] == ["a.py"]


def test_a_long_document_that_nobody_read_yet_defines_nothing(kept: Kept) -> None:
    kept.scan()
    index = over(kept, a_py="def f(): ...\n" * 10_000)
    facts = index.facts("a.py")
    assert facts is not None
    assert (facts.definitions, facts.is_of_earlier, index.ready) == ((), True, False)


LONG = "def f():\n    return 1\n\n\n" + "# more\n" * 20_000 + "def g(): ...\nused\n"


def test_what_a_long_document_held_when_it_was_saved_is_known_while_it_is_typed_in(
    kept: Kept,
) -> None:
    write(kept.root, a_py=LONG)
    kept.scan()
    assert over(kept, a_py=LONG).ready
    text = f"# typed\n{LONG}"
    index = over(kept, a_py=text)
    assert [place.definition.head for place in index.named("f")] == [1]
    assert [place.definition.head for place in index.named("g")] == [20_005]
    assert index.using("used") == ["a.py"]
    facts = index.facts("a.py")
    assert facts is not None
    assert facts.digest == index.digest("a.py") != digest_of(text.encode())
    assert not index.ready


def test_what_a_long_document_held_when_it_was_read_last_is_known(kept: Kept) -> None:
    write(kept.root, a_py=LONG)
    kept.scan()
    extracts, read = Extracts(), LONG.replace("def f", "def h")
    extracts.put("a.py", "python", read, facts_of("a.py", "python", read))
    for typed in ("#", "# t", "# ty\n\n"):
        index = over(kept, extracts=extracts, a_py=typed + "\n" + read)
        assert [one.definition.head for one in index.named("h")] == [typed.count("\n") + 1]
        assert list(index.named("f")) == []
    assert over(kept, extracts=extracts, a_py=read).ready


def test_of_a_document_that_is_too_long_for_an_index_nobody_waits_for_anything(kept: Kept) -> None:
    kept.scan()
    assert over(kept, a_py="x = 1\n" * 200_000).ready


def test_before_anything_was_scanned_files_are_read_when_asked_for(kept: Kept) -> None:
    write(kept.root, pkg__a_py="def f(): ...\n", pkg__b_txt="x")
    disk = kept.disk(ready=False)
    index = Opened(disk, {}, Extracts())
    assert index.ready is False
    facts = index.facts("pkg/a.py")
    assert facts is not None
    assert [one.name for one in facts.definitions] == ["f"]
    assert index.in_folder("pkg") == ["pkg/a.py"]
    assert index.text("pkg/a.py") == "def f(): ...\n"
    assert index.named("f") == []


def test_a_file_that_changed_behind_the_index_is_read_again(kept: Kept) -> None:
    write(kept.root, a_py="\n\ndef f(): ...\n")
    kept.scan()
    disk = kept.disk()
    write(kept.root, a_py="def f(): return 1\n")
    assert [place.definition.head for place in disk.named("f")] == [0]
    (kept.root / "a.py").unlink()
    assert disk.named("f") == []
    assert disk.facts("a.py") is None


def test_what_a_long_file_held_is_known_until_it_is_read_again(kept: Kept) -> None:
    write(kept.root, a_py=LONG)
    kept.scan()
    disk = kept.disk()
    told: list[str] = []
    disk.tell = told.append
    assert [place.definition.head for place in disk.named("g")] == [20_004]
    write(kept.root, a_py=f"import x\n\ndef first(): ...\n{LONG}")
    index = Opened(disk, {}, Extracts())
    assert [place.definition.head for place in index.named("g")] == [20_007]
    assert (told, index.ready) == (["a.py"], False)
    facts = index.facts("a.py")
    assert facts is not None
    assert facts.digest == index.digest("a.py")
    kept.update("a.py")
    assert index.ready
    assert [place.definition.head for place in index.named("first")] == [2]
    assert len(index.facts("a.py").definitions) == 3  # type: ignore[union-attr]


def test_a_long_file_that_was_asked_for_before_it_was_read_is_known_afterwards(kept: Kept) -> None:
    write(kept.root, a_py=LONG)
    index = Opened(kept.disk(), {}, Extracts())
    assert (index.facts("a.py"), index.ready) == (None, False)
    kept.scan()
    assert [place.definition.head for place in index.named("g")] == [20_004]
    assert index.facts("a.py") is not None
    assert index.ready


def test_nobody_waits_for_a_long_file_that_is_left_out_since(kept: Kept) -> None:
    write(kept.root, a_py=LONG)
    kept.scan()
    index = Opened(kept.disk(), {}, Extracts())
    write(kept.root, a_py=f"# @generated\n{LONG}")
    index.facts("a.py")
    kept.update("a.py")
    assert index.ready
