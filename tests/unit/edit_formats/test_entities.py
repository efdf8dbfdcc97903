"""Signs of code that a reply holds as entities."""

from __future__ import annotations

import pytest

from tests.unit.edit_formats import diffs
from understudy.config.policy import Policy
from understudy.edit_formats import Reading, Region, all_edit_formats
from understudy.reading import Refusal, UnreadableError
from understudy.reading.entities import outside_quotes
from understudy.reading.languages import fence_word
from understudy.workspace.view import View

PYTHON = "def f(a, b):\n    return a | b\n"
GO = "func F(a, b int) int {\n\treturn a | b\n}\n"
SCRIPT = "function f(a, b) {\n  return a | b;\n}\n"
SHELL = "f() {\n  return $a\n}\n"
JAVA = "class A {\n  int f(int a, int b) {\n    return a | b;\n  }\n}\n"
RUST = "fn f(a: i64, b: i64) {\n    return a | b;\n}\n"
TAGS = "export function F() {\n  return <p>{name}</p>;\n}\n"
C = "int *f(int amp) {\n  int *p = 0;\n  return p;\n}\n"


def read(text: str, new: str, language: str, form: str = "region") -> Reading:
    last = "// last" if language in {"java", "rust"} else "last"
    below = f"\n{last}\n" if form == "region" else ""
    view = View("file:///a", text + below, Policy(), language=language)
    lines = range(text.count("\n")) if below else range(len(view.index))
    return all_edit_formats()[form].read(
        f"```{fence_word(language)}\n{new}```\n", Region(view, lines)
    )


@pytest.mark.parametrize("form", ["region", "whole_file"])
@pytest.mark.parametrize(
    ("text", "language", "written", "meant"),
    [
        (PYTHON, "python", "a if a &gt; 0 else b", "a if a > 0 else b"),
        (PYTHON, "python", "a[&quot;k&quot;] | b[&#39;k&#39;]", "a[\"k\"] | b['k']"),
        (SCRIPT, "javascript", "a &amp;&amp; b;", "a && b;"),
        (SHELL, "shellscript", "$a &amp;&amp; b", "$a && b"),
        (SCRIPT, "typescript", "a &lt;= b;", "a <= b;"),
        (SCRIPT, "typescriptreact", "a &lt;= b;", "a <= b;"),
        (RUST, "rust", "g(&amp;a, &amp;b, &amp;'a');", "g(&a, &b, &'a');"),
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


def test_only_the_entities_in_code_become_signs_beside_others() -> None:
    new = 'def f(a, b) -> str:\n    return a &lt;= b or "&lt;"  # as &lt;\n'
    reading = read(PYTHON, new, "python")
    assert 'return a <= b or "&lt;"  # as &lt;\n' in reading.after
    assert reading.risk == "high"


def test_a_sign_in_a_string_beside_signs_that_were_all_escaped_is_for_review() -> None:
    new = 'def f(a, b):\n    return a &lt;= b or "&lt;"\n'
    reading = read(PYTHON, new, "python")
    assert 'a <= b or "&lt;"' in reading.after
    assert reading.risk == "high"


@pytest.mark.parametrize(
    ("text", "language", "new"),
    [
        (PYTHON, "python", PYTHON.replace("|", "&amp;")),
        (GO, "go", GO.replace("|", "&lt;&lt;")),
        (SCRIPT, "javascript", SCRIPT.replace("|", "&lt;")),
        (TAGS, "javascriptreact", TAGS.replace("return", "name = name &amp; 4;\n  return")),
        (TAGS, "typescriptreact", TAGS.replace("return", "const low = a &lt; 4;\n  return")),
        ("// <b>a</b>\n" + SCRIPT, "javascript", "// <b>a</b>\n" + SCRIPT.replace("|", "&lt;")),
        ('E = "&lt;"\n' + PYTHON, "python", 'E = "&lt;"\n' + PYTHON.replace("a | b", "a &gt;= b")),
        ("FROM a\nRUN b\n", "dockerfile", "FROM a\nRUN b &amp;&amp; c\n"),
        ("on:\n  run: make\n", "yaml", "on:\n  run: make &amp;&amp; make test\n"),
        ("SELECT a\nWHERE b;\n", "sql", "SELECT a\nWHERE b &gt;= 3;\n"),
        ("all:\n\tmake\n", "makefile", "all:\n\tmake &amp;&amp; b\n"),
        (".a { b: c; }\n", "css", ".a &gt; b { b: c; }\n"),
        ("<script>\na = b\n</script>\n", "vue", "<script>\na = b &lt; c\n</script>\n"),
        ("def f a\n  a\nend\n", "elixir", "def f a\n  a &lt; 4\nend\n"),
        (
            "<b>a</b>\n<b>c</b>\n",
            "html",
            "&lt;b&gt;d&lt;/b&gt;\n<b>c</b>\n".replace("<b>c</b>", "c"),
        ),
    ],
)
def test_where_nobody_can_tell_they_are_written_as_they_are_for_review(
    text: str, language: str, new: str
) -> None:
    reading = read(text, new, language)
    assert reading.after.startswith(new)
    assert reading.risk == "high"


@pytest.mark.parametrize(
    ("text", "language", "old", "new"),
    [
        (SCRIPT, "typescript", "a | b", "a.replace(/&quot;/g, '\"').replace(/&#39;/g, \"'\")"),
        (SCRIPT, "javascript", "a | b", 'a.replace(/&nbsp;/g, " ")'),
        ("def f(a)\n  a\nend\n", "ruby", "  a\n", '  a.gsub(/&nbsp;/, " ")\n'),
        (JAVA, "java", "a | b", "/* &amp; */ a"),
        (SCRIPT, "typescript", "a | b", "`${a.map((b) => `&lt;${b}&nbsp;`)}`"),
        (PYTHON, "python", "a | b", "b'a' + a  # it's &lt;"),
    ],
)
@pytest.mark.parametrize("form", ["region", "whole_file"])
def test_regular_expressions_comments_and_templates_are_no_code(
    text: str, language: str, old: str, new: str, form: str
) -> None:
    reading = read(text, text.replace(old, new), language, form)
    assert reading.after.startswith(text.replace(old, new))
    assert reading.risk == "none"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('PAGE = """\n  Tom\n"""\n', "python"),
        ('def f():\n    """All.\n\n    Tom\n    """\n', "python"),
        ("const page = `\n  Tom\n`;\n", "typescript"),
        ("package m\n\nconst page = `\n  Tom\n`\n", "go"),
        ('class P {\n  String p = """\n  Tom\n  """;\n}\n', "java"),
        ("class P {\n  /**\n  Tom\n  */\n  int p;\n}\n", "java"),
        ("def page\n  <<~HTML\n  Tom\n  HTML\nend\n", "ruby"),
    ],
)
def test_given_lines_inside_of_a_string_or_a_comment_are_no_code(text: str, language: str) -> None:
    view = View("file:///a", text, Policy(), language=language)
    at = next(at for at, line in enumerate(text.splitlines()) if "Tom" in line)
    old = text.splitlines()[at]
    region = Region(view, range(at, at + 1))
    new = old.replace("Tom", "Tom &amp; Jerry")
    reading = all_edit_formats()["region"].read(f"```\n{new}\n```\n", region)
    assert (reading.after, reading.risk) == (text.replace(old, new), "none")


@pytest.mark.parametrize("language", ["javascript", "typescript", "ruby"])
def test_lines_that_the_file_has_stay(language: str) -> None:
    known = "ENTITY = /&amp;|&lt;/\n"
    code = {"ruby": "def f(a)\n  a.size\nend\n"}.get(language, "function f(a) {\n  a.size\n}\n")
    reading = read(known + code, (known + code).replace("size", "length"), language, "whole_file")
    assert reading.after == known + code.replace("size", "length")
    assert reading.risk == "none"


@pytest.mark.parametrize(
    ("new", "risk"),
    [("a &amp;&amp; b", "low"), ('a.replace("<", "&lt;")', "high"), ("a -> b &amp; c", "high")],
)
def test_a_search_with_entities_is_for_review_where_its_block_holds_signs_too(
    new: str, risk: str
) -> None:
    view = View("file:///a", PYTHON.replace("|", "<"), Policy(), language="plaintext")
    reply = f"<<<<<<< SEARCH\n    return a &lt; b\n=======\n    {new}\n>>>>>>> REPLACE\n"
    region = Region(view, range(len(view.index)))
    assert all_edit_formats()["search_replace"].read(reply, region).risk == risk


def test_entities_in_the_code_of_other_files_are_for_review_too() -> None:
    new = "--- /dev/null\n+++ b/src/new.py\n@@ -0,0 +1 @@\n+a = 1 {} 2\n"
    other = "--- a/src/app.py\n+++ b/src/app.py\n@@ -1 +1,2 @@\n import shapes\n+a = 1 {} 2\n"
    for more in (new, other):
        for sign, risk in (("&lt;", "high"), ("<", "none")):
            reading = diffs.read(
                diffs.fenced(diffs.DIFF + more.format(sign)), diffs.region(may_create=True)
            )
            assert (len(reading.others), reading.risk) == (1, risk)


def test_a_long_line_of_quotes_is_read_in_one_pass() -> None:
    line = '"a\\"' * 40_000
    assert [found[0] for found in outside_quotes(f"a &lt; {line} &amp; b", "javascript")] == [
        "&lt;",
        "&amp;",
    ]


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
