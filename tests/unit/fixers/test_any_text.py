"""Whatever the text and the marked place, fixers of Python never raise, and their edits apply."""

from __future__ import annotations

import ast
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.fixers.problems import problem
from understudy.context.python_nodes import Positioned
from understudy.core.text import Span, apply
from understudy.fixers import Problem, all_fixers
from understudy.workspace.diagnostics import Severity

FIXERS = (
    "assignment_in_condition",
    "await_excess",
    "await_missing",
    "bare_except",
    "comparison",
    "conflict_markers",
    "fstring_placeholder",
    "indentation",
    "invalid_character",
    "keyword_typo",
    "missing_colon",
    "missing_comma",
    "missing_parameters",
    "mutable_default",
    "python2_syntax",
    "raise_not_implemented",
    "stray_token",
    "suggested",
    "unclosed_bracket",
    "unterminated_string",
    "unused_argument",
    "unused_import",
    "unused_variable",
)

SAMPLE = '''\
import os, sys  # π😀
from typing import (
    Any,
    List as L,
)

class A(B):
    """Doc."""
    async def f(self, a: list = [], *, b={}) -> int:
        try:
            x = await g(a, b=[1, 2], **c)
        except E as e: raise NotImplemented
        except:
            with open("p") as q: pass
        return f"{x!r} {{}}" f'z' if a == None else "don't"

def h(x=[]):
\tfor i, j in y:
\t\tif not (i is "a" and j != True): print(i); continue
\telse:
\t\ty = r\'\'\'a
    b\'\'\'
\tawait (k := h())
lambda q: [w for w in q]
'''

# What code is made of, so that broken code is common among the examples.
PIECES = st.sampled_from(
    [
        *[
            "if",
            "else",
            "def",
            "f",
            "x",
            "import",
            "os",
            "from",
            "as",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ":",
            "=",
            "==",
            ",",
            ".",
            "#",
            "!",
            "&&",
            "++",
            "print",
            "await",
        ],
        *[
            "async",
            "1",
            "07",
            "π😀",
            "“",
            "except",
            "raise",
            "lambda",
            "return",
            ";",
            "'",
            '"',
            '"""',
            "f'",
            "\\",
        ],
        *("\n", "\r\n", "\r", "    ", "\t", " ", "\x00", "\ud800", "\u2028", "\x0c"),
        *("<<<<<<< a\n", "=======\n", ">>>>>>> b\n"),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join))


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """The sample with a few characters deleted, doubled or replaced."""
    text = SAMPLE.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text) - 1))
        text = (
            text[:at] + draw(st.sampled_from(["", text[at] * 2, "(", "\n", "'"])) + text[at + 1 :]
        )
    return text


def everything(text: str, span: Span) -> None:
    """Ask every fixer about the place, whether it matches or not, and carry out what it says."""
    case = problem(text.replace("<|", "").replace("|>", ""), "F401", message="`os` 'x' coroutine[")
    size = len(case.view.text)
    place = Span(min(span.start, size), min(span.end, size))
    for severity in (Severity.ERROR, Severity.WARNING):
        diagnostic = replace(case.diagnostic, span=place, severity=severity)
        for name in FIXERS:
            for one in all_fixers()[name].propose(Problem(case.view, diagnostic, case.names)):
                after = apply(case.view.text, one.edits)
                assert after != case.view.text
                assert one.why.endswith(".")


SPANS = st.tuples(st.integers(0, 80), st.integers(0, 20)).map(lambda p: Span(p[0], p[0] + p[1]))
LIMITS = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@LIMITS
@given(TEXTS, SPANS)
def test_arbitrary_text_never_makes_a_fixer_raise(text: str, span: Span) -> None:
    everything(text, span)


@LIMITS
@given(mutations(), st.integers(0, len(SAMPLE)), st.integers(0, 30))
def test_broken_python_never_makes_a_fixer_raise(text: str, start: int, size: int) -> None:
    everything(text, Span(start, start + size))


def test_every_node_of_valid_code_may_be_marked() -> None:
    lines = [0]
    for line in SAMPLE.split("\n"):
        lines.append(lines[-1] + len(line) + 1)
    nodes = [node for node in ast.walk(ast.parse(SAMPLE)) if isinstance(node, Positioned)]
    for start in sorted({lines[node.lineno - 1] + node.col_offset for node in nodes}):
        everything(SAMPLE, Span(start, start + 1))
