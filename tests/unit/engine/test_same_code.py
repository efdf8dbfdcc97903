from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.engine.same_code import same_code


@pytest.mark.parametrize(
    ("language", "one", "other", "same"),
    [
        ("python", "x = 1\n", "x  =  1  # the first\n\n", True),
        ("python", "if a:\n    b()\n", "if a:\n  b()\n", True),
        ("python", "if a:\n    b()\nc()\n", "if a:\n    b()\n    c()\n", False),
        ("python", 'x = "a b"\n', 'x = "a  b"\n', False),
        ("python", "x = (1,\n     2)\n", "x = (1, 2)\n", True),
        ("python", "x = (\n", "x = (  \n", True),
        ("python", "x = (\n", "y = (\n", False),
        ("go", "package a\n\nvar x = 1\n", "package a\nvar  x = 1 // one\n", True),
        ("go", 'package a\n\nvar x = "a b"\n', 'package a\n\nvar x = "a  b"\n', False),
        ("typescript", "f(a, b);\n", "f(a,\n  b); /* c */\n", True),
        ("typescript", "f(a, b);\n", "f(b, a);\n", False),
        ("rust", "fn f() { a() }\n", "fn f() {\n    a()\n}\n", True),
        ("klingon", "a  \n  b\n\n", "a\n  b\n", True),
        ("klingon", "a\n  b\n", "a\nb\n", False),
        ("yaml", "a:\n  b: 1\n", "a:\nb: 1\n", False),
        ("javascript", "function f() { return\nx }\n", "function f() { return x }\n", False),
        ("javascript", "a\nb\n", "a; b\n", False),
        ("shellscript", "rm a\nb\n", "rm a b\n", False),
        ("ruby", "f a\nb\n", "f a, b\n", False),
        ("ruby", "x = a\n-b\n", "x = a -b\n", False),
        ("go", "//go:build linux\n\npackage a\n", "package a\n", False),
        ("go", "package a // one\n", "package a\n", True),
        (
            "go",
            'package a\n\n// #include <x.h>\nimport "C"\n',
            'package a\n\n// #include <y.h>\nimport "C"\n',
            False,
        ),
        ("shellscript", "[ a ]\n", "[a ]\n", False),
        ("python", "x = f()  # type: ignore\n", "x = f()\n", False),
        ("klingon", "a\nb\n", "b\na\n", False),
    ],
)
def test_blanks_and_comments_are_no_code(
    language: str, one: str, other: str, *, same: bool
) -> None:
    assert same_code(one, other, language) is same
    assert same_code(other, one, language) is same


@given(st.text(), st.text(), st.sampled_from(["python", "typescript", "klingon"]))
def test_any_two_texts_can_be_compared(one: str, other: str, language: str) -> None:
    assert same_code(one, one, language)
    assert same_code(one, other, language) is same_code(other, one, language)
