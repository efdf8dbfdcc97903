from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.prompt.fragment import Fragment, read_fragment
from understudy.prompt.rendering import Rendered, render
from understudy.prompt.template import read_template
from understudy.prompt.trouble import FragmentError
from understudy.prompt.values import Quoted, Snippet, Values, fenced, ticked

ANY = st.text(alphabet="{}#/>!~-`\\ab.@ \r\n\"'")
VALUES: Values = {
    "name": "Ada",
    "empty": "",
    "none": None,
    "items": [{"name": "one"}, {"name": "two"}],
    "plain": ["a", "b"],
    "thing": {"part": 7},
    "nested": [{"name": "outer", "inner": [{"name": "in"}]}],
}


def rendered(text: str, values: Values = VALUES, **others: str) -> Rendered:
    known = {name: fragment(name.replace("_", "."), body) for name, body in others.items()}
    return render(fragment("main", text), values, lambda id_: known.get(id_.replace(".", "_")))


def fragment(id_: str, body: str) -> Fragment:
    found = read_fragment(body, id_).fragment
    assert found is not None, read_fragment(body, id_).troubles
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello {{name}}.", "Hello Ada."),
        ("{{ thing.part }}", "7"),
        ("{{{name}}}", "Ada"),
        ('{{default none "nobody"}}', "nobody"),
        ("{{default name 'nobody'}}", "Ada"),
        ("{{#if name}}yes{{else}}no{{/if}}", "yes"),
        ("{{#if empty}}yes{{else if none}}maybe{{else}}no{{/if}}", "no"),
        ("{{#if none}}a{{else if name}}b{{else}}c{{/if}}!", "b!"),
        ("{{#unless empty}}none{{/unless}}", "none"),
        (
            "{{#each items}}{{@number}}:{{name}}{{#unless @last}}, {{/unless}}{{/each}}",
            "1:one, 2:two",
        ),
        ("{{#each plain}}{{this}}{{@index}}{{/each}}", "a0b1"),
        ("{{this.name}}{{#if this.name}}{{this.name}}{{/if}}", "AdaAda"),
        ("{{#each items as |one|}}{{one.name}} {{/each}}", "one two "),
        ("{{#each none}}x{{else}}nothing{{/each}}", "nothing"),
        ("{{#each nested}}{{#each inner}}{{../name}}/{{name}}{{/each}}{{/each}}", "outer/in"),
        ("{{#each items}}{{@root.name}}{{/each}}", "AdaAda"),
        ("{{#with thing}}{{part}}{{/with}}", "7"),
        ("a {{! a note }}b{{!-- {{name}} --}}c", "a bc"),
        ("a\n  {{~ name ~}}  \nb", "aAdab"),
        ("\\{{name}}", "{{name}}"),
        ("{{> other}}", "<Ada>"),
        ('{"a": {"b": 1}}', '{"a": {"b": 1}}'),
    ],
)
def test_the_language(text: str, expected: str) -> None:
    assert rendered(text, other="<{{name}}>").text == expected


def test_marks_alone_on_their_line_leave_no_line_behind() -> None:
    text = "before\n{{#each items}}\n  - {{name}}\n{{/each}}\n{{! a note }}\nafter\n"
    assert rendered(text).text == "before\n  - one\n  - two\nafter"
    assert rendered(text.replace("\n", "\r\n")).text == "before\n  - one\n  - two\nafter"


@pytest.mark.parametrize(
    "text",
    [
        "{{#if name}}open",
        "{{/if}}",
        "{{else}}",
        "{{#each items}}{{/if}}",
        "{{#loop items}}{{/loop}}",
        "{{name",
        "{{lookup a b}}",
        "{{#if (eq a b)}}x{{/if}}",
        "{{}}",
        "{{!-- open",
    ],
)
def test_what_is_no_template_is_an_error_and_never_reaches_a_model(text: str) -> None:
    assert read_template(text).troubles
    assert read_fragment(text, "x").fragment is None


def test_what_is_inserted_is_never_read_as_a_template() -> None:
    evil = "{{name}} {{#each items}} {{> other}} {{/if}}"
    assert rendered("{{name}}", {"name": evil, "items": []}).text == evil


@given(st.text(alphabet="`{} a\n\r"))
def test_a_fence_can_not_be_closed_by_what_it_holds(text: str) -> None:
    first, *middle, last = fenced(text).split("\n")
    assert set(first) == {"`"}
    assert len(first) >= 3
    assert last == first
    assert not any(first in line for line in middle)


@given(st.text(alphabet="`a \n\u2028"))
def test_a_snippet_can_not_leave_its_line_or_its_marks(text: str) -> None:
    shown = ticked(text)
    assert "\n" not in shown
    marks = len(shown) - len(shown.lstrip("`"))
    assert "`" * marks not in shown[marks:-marks]


def test_quoted_text_stands_on_lines_of_its_own() -> None:
    values: Values = {"code": Quoted("x = 1"), "mark": Snippet("a`b")}
    assert rendered("See {{code}} and {{mark}}.", values).text == (
        "See \n```\nx = 1\n```\n and ``a`b``."
    )


@pytest.mark.parametrize("text", ["{{none}}", "{{items}}", "{{thing}}", "{{thing.other}}"])
def test_a_variable_without_a_value_ends_the_request(text: str) -> None:
    with pytest.raises(FragmentError, match="line 2 of the fragment `main`"):
        rendered("words\n" + text)


def test_a_circle_of_includes_is_a_failure_with_its_way() -> None:
    with pytest.raises(FragmentError, match="main → one → two → one"):
        rendered("{{> one}}", one="{{> two}}", two="{{> one}}")


def test_includes_that_grow_without_end_are_stopped() -> None:
    many = {f"n{n}": f"{{{{> n{n + 1}}}}}" * 40 for n in range(9)}
    many["n9"] = "word " * 100
    with pytest.raises(FragmentError, match="becomes longer"):
        rendered("{{> n0}}", VALUES, **many)


def test_every_piece_says_where_it_comes_from() -> None:
    done = rendered("Hello\n{{name}}, {{> other}}", other="and\n{{thing.part}}")
    told = [
        (done.text[one.start : one.stop], one.fragment, one.line, one.variable)
        for one in done.pieces
    ]
    assert told == [
        ("Hello\n", "main", 1, ""),
        ("Ada", "main", 2, "name"),
        (", ", "main", 2, ""),
        ("and\n", "other", 1, ""),
        ("7", "other", 2, "thing.part"),
    ]


@given(ANY)
def test_any_text_is_read_and_rendered_or_refused(text: str) -> None:
    found = read_fragment(text, "any").fragment
    if found is None:
        return
    try:
        done = render(found, VALUES, lambda _: None)
    except FragmentError:
        return
    assert "".join(done.text[one.start : one.stop] for one in done.pieces) == done.text
