"""The file that is worked on, from the lines alone to all of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.gathering.places import candidates, count, of_tier
from understudy.context.packing import pack
from understudy.core.lines import LineIndex
from understudy.gathering.making import Signals

BODY = "".join(f"\tcall{n}(w, {n}) // step\n" for n in range(240))
GO = (
    'package http\n\nimport (\n\t"fmt"\n\t"strings"\n)\n\nconst (\n\tStateNew = 1\n\tStateOld = 2\n)\n\n'
    + "".join(f"func before{n}(w int) {{\n\tfmt.Println({n}, w)\n}}\n\n" for n in range(300))
    + f"func serve(w int) {{\n{BODY}\treturn\n}}\n\n"
    + "".join(f"func after{n}(w int) {{\n\tfmt.Println({n}, w)\n}}\n\n" for n in range(300))
)
AT = GO[: GO.index("call100(")].count("\n")


def target(budget: int) -> str:
    found = candidates({"go.mod": "module x\n", "server.go": GO}, "server.go", range(AT, AT + 5))
    packed = pack(found.items, budget, count, here="server.go")
    (one,) = [each for each in packed.chosen if each.item.tier == "target_file"]
    return one.level.text


def test_each_larger_budget_shows_more_of_a_large_file() -> None:
    sizes = [count(target(budget)) for budget in (150, 400, 1_000, 2_000, 8_000)]
    assert sizes == sorted(set(sizes))
    assert "func serve" in target(150)
    assert "call100(" in target(150)
    assert "call80(" in target(1_000)
    whole = target(8_000)
    assert BODY in whole
    assert "fmt.Println(299, w)" in whole
    assert "func after5(" in whole


def test_what_stands_in_a_group_is_shown_below_its_header() -> None:
    (item,) = of_tier(
        candidates({"server.go": GO}, "server.go", range(16, 19)), "target_file"
    ).values()
    assert 'import (\n\t"fmt"\n' in item.levels[0].text
    assert "const (\n\tStateNew = 1\n\tStateOld = 2\n" in item.levels[-1].text


def test_the_headers_around_a_method_are_shown_with_it() -> None:
    rust = (
        "struct Big<T>(T);\n\nimpl<T> Big<T>\nwhere\n    T: Clone,\n{\n    fn a(&self) {}\n\n"
        "    fn b(&self) {\n        self.a()\n    }\n}\n"
    )
    (item,) = of_tier(candidates({"a.rs": rust}, "a.rs", range(9, 10)), "target_file").values()
    assert (
        "impl<T> Big<T>\nwhere\n    T: Clone,\n{\n    fn a(&self) {}\n    fn b("
        in item.levels[0].text
    )


def test_a_file_of_which_only_a_part_is_shown_says_so_at_both_ends() -> None:
    text = target(400)
    assert text.startswith("// …\n")
    assert text.endswith("// …\n")


@given(
    st.lists(
        st.sampled_from(
            ["def f():\n", "    x = 1\n", "class A:\n", "\n", "# c\n", "    def g(self):\n"]
        )
    ),
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(0, 20),
)
@settings(max_examples=60)
def test_every_line_that_is_left_out_lies_beneath_a_mark(
    written: list[str], start: int, apart_start: int, apart_length: int
) -> None:
    text = "".join(f"{one.rstrip()}  # {n}\n" for n, one in enumerate(written) if one.strip())
    lines = LineIndex(text)
    apart = range(apart_start, apart_start + apart_length)
    found = candidates(
        {"a.py": text}, "a.py", range(start, start + 1), signals=Signals(count, apart=apart)
    )
    (item,) = of_tier(found, "target_file").values()
    for level in item.levels:
        shown = [line for line in level.text.split("\n") if line.strip()]
        if not shown:
            continue
        at = 0
        for line in (one.rstrip("\n") for one in lines.lines if one.strip()):
            if at < len(shown) and shown[at] == line:
                at += 1
            else:
                mark = shown[at] if at < len(shown) else shown[-1]
                assert mark.strip() == "# …" or shown[at - 1].strip() == "# …"
                at += mark.strip() == "# …" and at < len(shown) and shown[at - 1].strip() != "# …"


LONG = 'DATA = "' + "abc def " * 12_000 + '"\n'


def test_long_lines_beside_the_lines_are_left_out() -> None:
    text = (
        f"import b\n{LONG}\n\n\ndef f(x):\n    a = x\n    {LONG}    return b.g(a, DATA)\n\n\n"
        "def near(x):\n    return 1\n"
    )
    (item,) = of_tier(candidates({"a.py": text}, "a.py", range(8, 9)), "target_file").values()
    assert item.least is not None
    for level in (item.least, *item.levels):
        assert "return b.g(a, DATA)" in level.text
        assert level.tokens < 200
    assert "def near(x):" in item.levels[-1].text


def test_a_constant_that_is_used_is_told_by_the_beginning_of_its_long_line() -> None:
    files = {
        "data.py": LONG,
        "a.py": "from data import DATA\n\n\ndef f(x):\n    return DATA[x]\n",
    }
    item = of_tier(candidates(files, "a.py", range(4, 5)), "required_types")["data.py", "DATA"]
    assert item.required
    assert item.levels[0].text.startswith('DATA = "abc def ')
    assert item.levels[0].text.endswith("…\n")
    assert item.levels[-1].tokens < 200
