"""Cells of notebooks: the others are the file around one."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.small_index import SmallIndex
from tests.unit.gathering.places import count, of_tier
from understudy.config.policy import Policy
from understudy.core.text import Span
from understudy.gathering.cells import whole_of
from understudy.gathering.gather import Candidates, gather
from understudy.gathering.making import Signals
from understudy.workspace.diagnostics import Diagnostic
from understudy.workspace.view import Notebook, View

FILES = {
    "money.py": (
        "class Price:\n    def rounded(self) -> int:\n        return 1\n\n"
        "    def other(self) -> int:\n        return 2\n"
    )
}
FIRST = "%matplotlib inline\nfrom money import Price\n\n\ndef helper_in_cell(x: Price) -> int:\n    return x.rounded()"
SECOND = "class InCell:\n    def weigh(self) -> int:\n        return 1\n"
THIRD = "price = Price()\none = InCell()\nprint(helper_in_cell(price), one.weigh(),\n    price.rounded())"


def view_of(text: str, notebook: Notebook) -> View:
    path = Path("/nowhere/book.ipynb")
    return View(path.as_uri(), text, Policy(), path=path, root=Path("/nowhere"), notebook=notebook)


def gathered(apart: range = range(0)) -> Candidates:
    view = view_of(THIRD, Notebook((FIRST, SECOND), ("print(price)",)))
    problem = Diagnostic("ty", "x", "Something is odd", Span(THIRD.index("one.weigh"), len(THIRD)))
    signals = Signals(count, apart=apart)
    return gather(SmallIndex(FILES), view, range(2, 4), (problem,), signals)


def test_what_other_cells_define_and_import_is_seen() -> None:
    found = gathered()
    (target,) = of_tier(found, "target_file").values()
    assert "def helper_in_cell(x: Price) -> int:" in target.levels[0].text
    assert "class InCell:\n    def weigh(self) -> int:" in target.levels[0].text
    assert "from money import Price" in target.levels[-1].text
    assert target.levels[-1].text.startswith("%matplotlib inline\n")
    assert target.levels[-1].text.endswith("print(price)\n")
    assert target.reasons == ("holds line 3, which the request is about",)
    price = of_tier(found, "required_types")["money.py", "Price"]
    assert price.required
    assert "def rounded" in price.levels[0].text
    assert price.reasons[0] == "defines `rounded`, which line 4 uses"


def test_lines_of_the_cell_that_are_shown_elsewhere_are_left_out() -> None:
    (target,) = of_tier(gathered(range(4)), "target_file").values()
    assert all("helper_in_cell(price)" not in level.text for level in target.levels)
    assert "def helper_in_cell" in target.levels[0].text


@given(
    st.lists(st.text(st.sampled_from("a\n\r%!{( é"), max_size=12), max_size=4),
    st.text("a\n%", max_size=9),
)
def test_the_cell_stands_where_it_is_said_to(earlier: list[str], text: str) -> None:
    whole = whole_of(view_of(text, Notebook(tuple(earlier), ("b",))))
    assert whole.lines.text[whole.before :].startswith(text)
    assert whole.lines.line_of(whole.before) == whole.above
    assert len(whole.code) == len(whole.lines.text)
