"""What is remembered or told by shorter ways is what would be found without them."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.index.folders import Kept, write
from understudy.context.syntax import _LONG_COMMENT, _MAYBE_LONG_COMMENT
from understudy.index.files import source_language
from understudy.index.leaving_out import MAX_LINE_CHARS, MINIFIED, reason_by_contents
from understudy.index.words import _WORD, _all_words, _until


@given(st.text(st.sampled_from("aZ_09 .é\n\t\x1c🙂"), max_size=300))
def test_words_are_those_that_the_expression_finds(text: str) -> None:
    assert list(_all_words(text)) == list(dict.fromkeys(_WORD.findall(text)))


def test_a_word_that_is_too_long_is_cut_as_the_expression_cuts_it() -> None:
    text = f"a {'b' * 250} 1{'c' * 100}"
    assert list(_all_words(text)) == list(dict.fromkeys(_WORD.findall(text)))


@given(
    st.sampled_from(['"""', "*/", "]]", "%}"]), st.text(st.sampled_from('"*/]%}a\n'), max_size=30)
)
def test_all_up_to_an_end_is_what_a_lazy_expression_finds(end: str, text: str) -> None:
    lazy = re.match(rf"(?s:.*?)(?:{re.escape(end)}|\Z)", text)
    found = re.match(_until(end), text)
    assert lazy is not None
    assert found is not None
    assert found[0] == lazy[0]


@given(st.lists(st.sampled_from(["# a\n", "  # b # c\n", "x = 1 # d\n", "\n"]), max_size=90))
def test_long_comments_are_never_overlooked(lines: list[str]) -> None:
    data = "".join([*lines, *["# e\n"] * 63, *lines]).encode()
    if _LONG_COMMENT.search(data) is not None:
        assert _MAYBE_LONG_COMMENT.search(data) is not None


@given(
    st.lists(st.integers(0, MAX_LINE_CHARS + 2), max_size=6),
    st.sampled_from([b"\n", b"\r\n", b"\r"]),
)
def test_a_file_is_minified_when_one_of_its_lines_is_too_long(sizes: list[int], end: bytes) -> None:
    raw = end.join(b"a" * size for size in sizes)
    is_long = max(sizes, default=0) > MAX_LINE_CHARS
    assert reason_by_contents(raw) == (MINIFIED if is_long else "")


def test_endings_are_told_as_paths_tell_them() -> None:
    names = ("a.py", "a.b/c", ".py", "a.", "x/.go", "x.y/main.GO", "py", "")
    assert [source_language(name) for name in names] == [
        *("python", None, None, None, None, "go", None, None)
    ]


def test_what_was_asked_before_is_asked_again_once_something_is_written(kept: Kept) -> None:
    write(kept.root, a_py="def one(): other()\n")
    kept.scan()
    shelf = kept.disk().shelf
    for _ in range(2):
        assert [row.path for row in shelf.named("one", 9)] == ["a.py"]
        assert shelf.using("other", 9) == ["a.py"]
    write(kept.root, a_py="def two(): another()\n", b_py="other = two\n")
    kept.update("a.py", "b.py")
    assert shelf.named("one", 9) == []
    assert shelf.using("other", 9) == []
    assert shelf.using("another", 9) == ["a.py"]
    assert shelf.using("two", 9) == ["b.py"]
    shelf.close()
    assert shelf.using("two", 9) == []


def test_a_name_that_comes_back_is_found_again(kept: Kept) -> None:
    for text in ("use_me()\n", "pass\n", "use_me(2)\n"):
        write(kept.root, a_py=text, b_py=text)
        kept.update("a.py", "b.py")
    assert kept.disk().using("use_me") == ["a.py", "b.py"]


def test_a_file_that_was_moved_is_not_parsed_again(kept: Kept) -> None:
    text = "import os\n\n\nclass A(Base):\n    def f(self): helper()\n"
    write(kept.root, a_py=text)
    assert kept.scan() == 1
    (kept.root / "a.py").unlink()
    write(kept.root, sub__b_py=text)
    assert kept.scan() == 0
    disk = kept.disk()
    facts = disk.facts("sub/b.py")
    assert facts is not None
    assert [(one.name, one.parent, one.bases) for one in facts.definitions] == [
        ("A", -1, ("Base",)),
        ("f", 0, ()),
    ]
    assert [one.module for one in facts.imports] == ["os"]
    assert disk.using("helper") == ["sub/b.py"]
    assert disk.in_folder("sub") == ["sub/b.py"]
    assert disk.facts("a.py") is None


def test_a_file_like_another_one_of_another_language_is_parsed(kept: Kept) -> None:
    write(kept.root, a_py="x = 1\n", b_js="x = 1\n")
    assert kept.scan() == 2


def test_a_file_like_one_that_changed_since_is_parsed(kept: Kept) -> None:
    write(kept.root, a_py="def f(): ...\n")
    kept.scan()
    write(kept.root, a_py="def g(): ...\n")
    kept.scan()
    write(kept.root, b_py="def f(): ...\n")
    assert kept.scan() == 1
    assert [place.path for place in kept.disk().named("f")] == ["b.py"]
