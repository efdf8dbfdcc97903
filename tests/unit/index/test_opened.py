from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.index.folders import Kept, write
from understudy.index import opened
from understudy.index.opened import Extracts, Opened
from understudy.workspace.view import OpenDocument

if TYPE_CHECKING:
    import pytest


def over(kept: Kept, *exclude: str, language: str = "python", **texts: str) -> Opened:
    documents = {}
    for name, text in texts.items():
        stem, _, suffix = name.replace("__", "/").rpartition("_")
        path = f"{stem}.{suffix}"
        whole = kept.root / path
        documents[path] = OpenDocument(whole.as_uri(), whole, language, 7, text)
    return Opened(kept.disk(*exclude), documents, Extracts())


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


def test_a_long_document_is_left_to_the_other_process(kept: Kept) -> None:
    kept.scan()
    index = over(kept, a_py="def f(): ...\n" * 10_000)
    facts = index.facts("a.py")
    assert facts is not None
    assert facts.definitions == ()


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
