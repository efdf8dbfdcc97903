from __future__ import annotations

import ast

from understudy.context.python_compile import tree
from understudy.context.python_nodes import around, last_of, span_of, without_statement
from understudy.core.text import Edit, Span, apply


def test_nodes_are_placed_in_code_points() -> None:
    text = "π = '😀'; x = f('😀', y)\r\nz\r\n"
    root = tree(text)
    assert root is not None
    assert [span_of(text, node).of(text) for node in root.body] == [
        "π = '😀'",
        "x = f('😀', y)",
        "z",
    ]
    at = text.index("y")
    nodes = around(text, Span(at, at + 1))
    name = last_of(nodes, ast.Name)
    assert name is not None
    assert name.id == "y"
    assert last_of(nodes, ast.Call) is not None


def test_a_broken_text_has_no_nodes() -> None:
    assert around("x = = 1\n", Span(0, 1)) == ()


def test_a_statement_leaves_nothing_behind() -> None:
    cases = {
        "if a:\n    x\n    y\n": "if a:\n    y\n",
        "if a:\n    x  # why\n    y\n": "if a:\n    y\n",
        "if a:\n    x; y\n": "if a:\n    y\n",
        "if a:\n    x\n": "if a:\n    pass\n",
        "if a: x\n": "if a: pass\n",
        "if a: x; y\n": "if a: y\n",
    }
    for text, expected in cases.items():
        root = tree(text)
        assert root is not None
        block = root.body[0]
        assert isinstance(block, ast.If)
        place, replacement = without_statement(text, block.body[0], block.body)
        assert apply(text, [Edit(place, replacement)]) == expected
