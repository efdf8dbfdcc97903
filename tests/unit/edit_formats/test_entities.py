"""Signs of code that a reply holds as entities."""

from __future__ import annotations

import pytest

from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.workspace.view import View

PYTHON = "def f(a, b):\n    return a | b\n"
GO = "func F(a, b int) int {\n\treturn a | b\n}\n"
SCRIPT = "function f(a, b) {\n  return a | b;\n}\n"
TAGS = "export function F() {\n  return <p>{name}</p>;\n}\n"
C = "int *f(int amp) {\n  int *p = 0;\n  return p;\n}\n"


def read(text: str, new: str, language: str, form: str = "region") -> Reading:
    below = "\nlast\n" if form == "region" else ""
    view = View("file:///a", text + below, Policy(), language=language)
    lines = range(text.count("\n")) if below else range(len(view.index))
    return all_edit_formats()[form].read(f"```\n{new}```\n", Region(view, lines))


@pytest.mark.parametrize("form", ["region", "whole_file"])
@pytest.mark.parametrize(
    ("text", "language", "written", "meant"),
    [
        (PYTHON, "python", "a &amp; b", "a & b"),
        (PYTHON, "python", "a &amp; b  # a &lt; b", "a & b  # a < b"),
        (PYTHON, "python", "a if a &gt; 0 else b", "a if a > 0 else b"),
        (PYTHON, "python", "a[&quot;k&quot;] | b[&#39;k&#39;]", "a[\"k\"] | b['k']"),
        (GO, "go", "a &lt;&lt; b", "a << b"),
        (SCRIPT, "javascript", "a &amp;&amp; b;", "a && b;"),
        (SCRIPT, "typescript", "a &lt;= b;", "a <= b;"),
        (SCRIPT, "java", "Ma&lt;A, B&gt;.of(a);", "Ma<A, B>.of(a);"),
    ],
)
def test_the_first_sign_of_a_text_may_be_written_as_an_entity(
    text: str, language: str, written: str, meant: str, form: str
) -> None:
    place = next(one for one in text.splitlines() if "return" in one)
    end = ";" if place.endswith(";") and not written.endswith(";") else ""
    new = place.split("return")[0] + "return "
    reading = read(text, text.replace(place, new + written + end), language, form)
    assert reading.after.startswith(text.replace(place, new + meant + end))
    assert [(one.what, one.risk) for one in reading.repairs] == [("entities", "low")]


@pytest.mark.parametrize(
    ("new", "after"),
    [
        ("def f(a, b) -> int:\n    return a &amp; b\n", "a & b"),
        ('def f(a, b) -> str:\n    return a &lt; b or "&lt;"\n', 'a < b or "&lt;"'),
    ],
)
def test_entities_in_code_beside_signs_are_read_for_review(new: str, after: str) -> None:
    reading = read(PYTHON, new, "python")
    assert f"return {after}\n" in reading.after
    assert reading.risk == "high"


@pytest.mark.parametrize(
    ("text", "language", "new"),
    [
        (PYTHON, "python", 'def f(a, b):\n    return a.replace("<", "&lt;")\n'),
        (PYTHON, "python", "def f(a, b):\n    return a.replace(b, '&amp;')  # as &amp;\n"),
        (PYTHON, "python", 'def f(a, b):\n    """\n    As &amp;.\n    """\n    return a | b\n'),
        (TAGS, "javascriptreact", TAGS.replace("{name}", "a &amp; b")),
        (TAGS, "javascript", TAGS.replace("{name}", "a &lt; b")),
        (C, "c", C.replace("= 0;", "= &amp;")),
        ("<p>a</p>\n<p>b</p>\n", "html", "<p>a &amp; b</p>\n<p>b</p>\n"),
        ("A.\n\nB.\n", "markdown", "A &amp; C.\n\nB.\n"),
    ],
)
def test_entities_that_are_meant_stay(text: str, language: str, new: str) -> None:
    reading = read(text, new, language)
    assert reading.after.startswith(new)
    assert not any("entities" in one.what for one in reading.repairs)
    assert reading.risk != "high"


def test_where_nothing_else_is_new_nobody_can_say() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(PYTHON.replace("|", "&"), PYTHON.replace("|", "&amp;"), "python")
    assert caught.value.refusal is Refusal.AMBIGUOUS


@pytest.mark.parametrize(
    ("form", "reply"),
    [
        ("search_replace", "<<<<<<< SEARCH\n    return a | b\n=======\n{}\n>>>>>>> REPLACE\n"),
        ("unified_diff", "--- a/a\n+++ b/a\n@@ -2 +2 @@\n-    return a | b\n+{}\n"),
    ],
)
def test_entities_that_edits_bring_into_code_are_for_review(form: str, reply: str) -> None:
    view = View("file:///a", PYTHON, Policy(), language="python")
    region = Region(view, range(len(view.index)))
    for new, risk in (("    return a &amp; b", "high"), ('    return "&amp;"', "none")):
        assert all_edit_formats()[form].read(reply.format(new), region).risk == risk
