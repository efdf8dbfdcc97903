"""Overloads whose one function takes or gives anything."""

from __future__ import annotations

import pytest

from tests.unit.engine.test_cut_off import PYTHON, edited
from understudy.engine.evasions import hatch

TYPED = "export function find(items: string[]): number {\n  return none;\n}\n"
STUB = "@overload\ndef find(items: list[str]) -> int: ...\n@overload\ndef find(items: int) -> int: ...\n"


@pytest.mark.parametrize("gives", ["unknown", "any", "number | unknown", "Promise<any>", "object"])
def test_what_carries_overloads_out_may_not_give_anything(gives: str) -> None:
    head = TYPED.partition("\n")[0]
    heads = head.replace(" {", ";\n") + head.replace(": number", f": {gives}")
    assert hatch(edited("typescript", TYPED, head, heads))
    method = f"class A {{\n{TYPED.removeprefix('export function ')}}}\n"
    inner = head.removeprefix("export function ")
    told = heads.replace("export function ", "")
    assert hatch(edited("typescript", method, inner, told))


def test_overloads_of_python_say_nothing_of_what_is_carried_out() -> None:
    head = "def find(items: list[str]) -> int:"
    assert hatch(edited("python", PYTHON, head, f"{STUB}def find(items: list[str]) -> object:"))
    assert hatch(edited("python", PYTHON, head, f"{STUB}def find(items) -> int:"))


def test_overloads_that_carry_types_as_before_are_no_way_around() -> None:
    head = TYPED.partition("\n")[0]
    more = head.replace(" {", ";\n") + head.replace("string[]", "string[] | number")
    assert hatch(edited("typescript", TYPED, head, more)) == ""
    head = "def find(items: list[str]) -> int:"
    wider = f"{STUB}def find(items: list[str] | int) -> int:"
    assert hatch(edited("python", PYTHON, head, wider)) == ""
