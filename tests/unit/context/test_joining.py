"""Pieces of one file in one excerpt: what encloses several of them is written once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.gathering.places import candidates, count
from understudy.context.items import Chosen, Form, Item, Level
from understudy.context.joining import joined
from understudy.context.packing import pack
from understudy.context.showing import excerpts


def piece(text: str, above: int = 0, start: int = 0, stop: int = 0, form: Form = "full") -> Chosen:
    level = Level(form, text, 1, 1.0, above)
    item = Item("a.py", start, stop or start + 1, "x", "required_types", 1.0, (level,))
    return Chosen(item, level)


def test_a_class_that_is_open_takes_in_its_members() -> None:
    own = piece("class Auth:\n    # …\n", form="signature")
    first = piece("class Auth:\n    # …\n    def one(self): ...\n", 1, 3, 4)
    next_to = piece("class Auth:\n    # …\n    def two(self): ...\n", 1, 5, 6)
    farther = piece("class Auth:\n    # …\n    def three(self): ...\n", 1, 9, 10)
    other = piece("class Other:\n    # …\n    def one(self): ...\n", 1, 12, 13)
    assert joined([own, first, next_to, farther, other]) == (
        "class Auth:\n    # …\n    def one(self): ...\n\n    def two(self): ...\n    # …\n"
        "    def three(self): ...\n\nclass Other:\n    # …\n    def one(self): ..."
    )


def test_what_is_closed_or_of_another_header_is_not_gone_on_with() -> None:
    whole = piece("class A {\n  int n;\n}\n")
    member = piece("class A {\n  // …\n  int f();\n", 1, 5)
    assert joined([whole, member]) == "class A {\n  int n;\n}\n\nclass A {\n  // …\n  int f();"
    beside = piece("int g();\n", 0, 7)
    again = piece("class A {\n  // …\n  int h();\n", 1, 9)
    assert joined([member, beside, again]).count("class A {") == 2


def test_of_several_headers_those_that_are_open_are_written_once() -> None:
    inner = piece("class A {\n  // …\n  class B {\n    // …\n    int f();\n", 3, 3)
    other = piece("class A {\n  // …\n  class C {\n    // …\n    int g();\n", 3, 9)
    assert joined([inner, other]) == (
        "class A {\n  // …\n  class B {\n    // …\n    int f();\n  // …\n  class C {\n    // …\n"
        "    int g();"
    )
    long = piece("def f(\n    a,\n):\n    # …\n    x = 1\n", 3, 3)
    cut = piece("def f(\n    a,\n    b,\n):\n    y = 1\n", 4, 9)
    assert joined([long, cut]).count("def f(") == 2


def test_an_excerpt_of_methods_has_each_header_once_and_its_tokens_are_those_shown() -> None:
    methods = "".join(
        f"    pub fn get_{n}(&self) -> u32 {{\n        {n}\n    }}\n\n" for n in range(4)
    )
    files = {
        "Cargo.toml": '[package]\nname = "a"\n',
        "src/lib.rs": "mod arg;\nmod main;\n",
        "src/arg.rs": f"pub struct Arg {{ n: u32 }}\n\nimpl Arg {{\n{methods}}}\n",
        "src/main.rs": (
            "use crate::arg::Arg;\n\nfn run(arg: &Arg) -> u32 {\n"
            "    arg.get_0() + arg.get_1() + arg.get_3()\n}\n"
        ),
    }
    packed = pack(candidates(files, "src/main.rs").items, 250, count, here="src/main.rs")
    text = next(one.text for one in excerpts(packed.chosen) if one.path == "src/arg.rs")
    assert text.count("impl Arg {") == 1
    assert all(f"pub fn get_{n}" in text for n in (0, 1, 3))
    assert packed.tokens == count("".join(one.framed for one in excerpts(packed.chosen)))


@given(
    st.lists(
        st.tuples(
            st.lists(
                st.sampled_from(["class A:", "  # …", "  def f():", "    x", "# …", ""]),
                min_size=1,
                max_size=6,
            ),
            st.integers(0, 4),
        ),
        max_size=6,
    )
)
def test_no_line_of_any_piece_is_lost(texts: list[tuple[list[str], int]]) -> None:
    pieces = [
        piece("\n".join(lines), min(above, len(lines)), number * 3)
        for number, (lines, above) in enumerate(texts)
    ]
    shown = joined(pieces)
    left = {line for line in shown.split("\n") if line.strip()}
    given_lines = {line for lines, _ in texts for line in lines if line.strip() and "…" not in line}
    assert given_lines <= left
    assert len(shown) <= sum(len(one.level.text) + 2 for one in pieces)
