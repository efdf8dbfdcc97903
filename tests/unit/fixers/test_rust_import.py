from __future__ import annotations

import pytest

from tests.unit.fixers.problems import fixed, problem
from understudy.fixers.rust_import import FIXER

ONE = "cannot find type `B` in this scope\nhelp: consider importing this struct: `use a::B;`"


def after(text: str, message: str = ONE) -> list[str]:
    return fixed(FIXER, problem(text, source="rustc", message=message, language="rust"))


def test_the_named_item_is_imported_before_the_first_import() -> None:
    assert after("use x::Y;\nuse z::Z;\n\nfn f(_: <|B|>) {}\n") == [
        "use a::B;\nuse x::Y;\nuse z::Z;\n\nfn f(_: B) {}\n"
    ]


def test_each_of_several_possible_items_is_a_proposal() -> None:
    message = "help: consider importing one of these structs: `use a::B;`, `use c::d::B;`"
    text = "fn f(_: <|B|>) {}\n"
    assert after(text, message) == [
        "use a::B;\nfn f(_: B) {}\n",
        "use c::d::B;\nfn f(_: B) {}\n",
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_new_line_ends_as_the_lines_of_the_file_do(ending: str) -> None:
    text = f"//! π😀{ending}{ending}fn f(_: <|B|>) {{}}{ending}"
    head, body = f"//! π😀{ending}{ending}", f"fn f(_: B) {{}}{ending}"
    assert after(text) == [f"{head}use a::B;{ending}{body}"]


def test_an_import_inside_a_function_is_not_the_files_first() -> None:
    assert after("fn f() {\n    use x::Y;\n    <|B|>;\n}\n") == [
        "use a::B;\nfn f() {\n    use x::Y;\n    B;\n}\n"
    ]


def test_nothing_is_proposed_above_a_block_comment_that_may_belong_to_either_side() -> None:
    assert after("/*\n * Licence\n */\nfn f(_: <|B|>) {}\n") == []


@pytest.mark.parametrize(
    "message",
    [
        "cannot find type `B` in this scope",
        "consider importing this struct: `B`",
        "consider importing this struct: `use a::{B, C};`",
    ],
)
def test_a_message_that_names_no_whole_statement_leads_to_nothing(message: str) -> None:
    assert after("fn f(_: <|B|>) {}\n", message) == []
