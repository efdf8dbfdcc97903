"""Headers called `.h`: whether they are of C or of C++ is told from their text."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.index.folders import write
from understudy.index.extraction import facts_of
from understudy.index.opened import Extracts, Opened
from understudy.languages import language_of
from understudy.workspace.view import OpenDocument

if TYPE_CHECKING:
    from tests.unit.index.folders import Kept

STORE = "#pragma once\nclass Store {\n public:\n  int findGroup(int n);\n  int extent_;\n};\n"
PLAIN = '#ifdef __cplusplus\nextern "C" {\n#endif\nstruct store { int (*find)(int n); };\nint find(const struct store *s);\n#ifdef __cplusplus\n}\n#endif\n'


@pytest.mark.parametrize(
    "text",
    [
        "class Store {\n  int n;\n};\n",
        "class API Store final : public Base\n{\n};\n",
        "class Store;\n",
        "namespace shop {\nint rate(int n);\n}\n",
        "inline namespace v1\n{\n}\n",
        "  template <typename T> T rate(T n);\n",
        "enum class Kind { A };\n",
        "#include <vector>\n",
        "using Name = int;\n",
        "int rate(const Order& order);\n",
        "struct Store {\n  int n;\n  int find(int n) const;\n};\n",
        "struct Store {\n  Store() {}\n};\r\n",
        "int a;\r\nconstexpr int most = 3;\r\n",
    ],
)
def test_a_header_of_c_plus_plus_is_told_by_what_only_that_has(text: str) -> None:
    assert facts_of("shop/a.h", "c", text).language == "cpp"
    assert language_of(PurePosixPath("shop/A.H"), text) == "cpp"
    assert facts_of("shop/a.c", "c", text).language == "c"
    assert facts_of("", "c", text).language == "c"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "",
        "#include <stdio.h>\n#include <sys/types.h>\n",
        "struct a {\n  int n;\n  void (*go)(struct a *);\n  LIST_ENTRY(a) next;\n};\n",
        "/* A class of things,\n   using the namespace of others: private, too. */\nint a(void);\n",
        "#define both(a, b) ((a) & (b))\nextern const int b;\n",
        "typedef enum { A, B } kind;\nint rate(int const n);\n",
    ],
)
def test_a_header_of_c_stays_one(text: str) -> None:
    assert facts_of("shop/a.h", "c", text).language == "c"


def test_members_of_a_class_in_a_header_are_found_and_kept(kept: Kept) -> None:
    write(kept.root, store_h=STORE, plain_h=PLAIN)
    kept.scan()
    facts = kept.disk().facts("store.h")
    assert facts is not None
    assert facts.language == "cpp"
    names = {(one.name, one.kind) for one in facts.definitions}
    assert {("Store", "class"), ("findGroup", "method"), ("extent_", "field")} <= names
    plain = kept.disk().facts("plain.h")
    assert plain is not None
    assert plain.language == "c"


def test_an_open_header_is_told_in_the_same_way(kept: Kept) -> None:
    write(kept.root, store_h="int a;\n")
    kept.scan()
    path = kept.root / "store.h"
    document = OpenDocument(path.as_uri(), path, "c", 1, STORE)
    facts = Opened(kept.disk(), {"store.h": document}, Extracts()).facts("store.h")
    assert facts is not None
    assert facts.language == "cpp"
    assert "findGroup" in {one.name for one in facts.definitions}


@given(st.text(alphabet="struct class{}();&:a \n", max_size=200))
def test_any_header_has_a_language(text: str) -> None:
    assert facts_of("a.h", "c", text).language in {"c", "cpp"}
