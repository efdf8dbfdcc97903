"""Marked code behind a call of a function that says itself that it never returns."""

from __future__ import annotations

import pytest

from tests.unit.engine.facts_factory import AUTO
from tests.unit.engine.test_cut_off import LAST, PYTHON, RUST, SCRIPT, edited
from understudy.engine.cut_off import cut_off
from understudy.engine.evidence import Band
from understudy.engine.gate import judge

IN_PYTHON = [
    ("", "-> 'NoReturn'", "stop()"),
    ("", '-> "typing.NoReturn"', "stop()"),
    ("", "-> t.Never", "stop()"),
    ("", "-> typing_extensions.Never", "stop()"),
    ("from typing import NoReturn as NR\n", "-> NR", "stop()"),
    ("Nope = NoReturn\n", "-> Nope", "stop()"),
    ("type Nope = Never\n", "-> 'Nope'", "stop()"),
    ("", "-> NoReturn", "found = stop()"),
    ("", "-> NoReturn", "print(len(items), end=stop())"),
    ("", "-> NoReturn", "jobs.stop(items)"),
    ("", "-> NoReturn", "self.jobs.stop(items)"),
    ("", "-> NoReturn", "Jobs(items).stop()"),
]


@pytest.mark.parametrize(("above", "result", "call"), IN_PYTHON)
def test_a_helper_of_python_that_never_returns_cuts_off(above: str, result: str, call: str) -> None:
    """However the result is written, and whatever the call is part of."""
    helper = f"{above}def stop(why=(1, 2)) {result}:\n    raise KeyError\n\n\n"
    facts = edited("python", helper + PYTHON, LAST, f"    {call}\n{LAST}")
    assert call in cut_off(facts)
    assert judge(facts, AUTO).band in {Band.REVIEW, Band.BLOCK}


OTHERS = [
    ("python", "async def stop() -> 'NoReturn':\n    raise KeyError\n\n\n", "await stop()"),
    ("python", "stop: Callable[[str], NoReturn] = halt\n\n\n", "stop(items)"),
    ("typescript", "const stop = (why: () => string): never => {\n  throw 1;\n};\n", "stop(f);"),
    ("typescript", "class A {\n  stop(): never {\n    throw 1;\n  }\n}\n", "a?.stop();"),
    ("typescript", "type No = never;\nfunction stop(): No {\n  throw 1;\n}\n", "stop();"),
    ("typescript", "function stop(): never {\n  throw 1;\n}\n", "const a = stop();"),
    ("typescript", "const stop: (why: string) => never = halt;\n", "stop('a');"),
    ("rust", 'impl A {\n    fn stop(&self) -> ! {\n        panic!("a")\n    }\n}\n', "a.stop();"),
    ("rust", 'impl A {\n    fn stop() -> ! {\n        panic!("a")\n    }\n}\n', "A::stop();"),
    ("rust", 'fn stop(f: fn(u8) -> u8) -> ! {\n    panic!("a")\n}\n', "let _n: u8 = stop(g);"),
    ("kotlin", "fun stop(): Nothing = throw X()\n", "a.stop()"),
    ("swift", "func stop() -> Never {\n  fatalError()\n}\n", "a.stop()"),
    ("php", "<?php\nfunction stop(): never {\n  throw $e;\n}\n", "stop();"),
    ("c", "_Noreturn void stop(int a);\n", "stop(1);"),
    ("cpp", "[[noreturn]] void A::stop(int a);\n", "a.stop(1);"),
]
TEXTS = {
    "python": (PYTHON.replace("def find", "async def find"), LAST, "    "),
    "typescript": (SCRIPT, "  return none", "  "),
    "rust": (RUST, '    "none"', "    "),
    "kotlin": ("fun find(): Int {\n  return none\n}\n", "  return none", "  "),
    "swift": ("func find() -> Int {\n  return none\n}\n", "  return none", "  "),
    "php": ("function find() {\n  return none;\n}\n", "  return none", "  "),
    "c": ("int find(void) {\n  return none;\n}\n", "  return none", "  "),
    "cpp": ("int find(void) {\n  return none;\n}\n", "  return none", "  "),
}


@pytest.mark.parametrize(("language", "helper", "call"), OTHERS)
def test_so_does_one_of_any_other_kind_and_language(language: str, helper: str, call: str) -> None:
    text, last, lead = TEXTS[language]
    facts = edited(language, helper + text, last, f"{lead}{call}\n{last}")
    assert call in cut_off(facts)


NAMED_ALIKE = [
    ("typescript", "type Nothing = void;\nfunction log(a: string): Nothing {}\n", "log('a');"),
    ("typescript", "type Never = void;\nfunction log(a: string): Never {}\n", "log('a');"),
    ("typescript", "type No = Nothing;\nfunction log(a: string): No {}\n", "log('a');"),
    ("rust", "struct NoReturn;\nfn log() -> NoReturn {\n    NoReturn\n}\n", "log();"),
]


@pytest.mark.parametrize(("language", "helper", "call"), NAMED_ALIKE)
def test_a_type_called_as_one_without_values_of_another_language_has_values(
    language: str, helper: str, call: str
) -> None:
    text, last, lead = TEXTS[language]
    assert cut_off(edited(language, helper + text, last, f"{lead}{call}\n{last}")) == ""


RETURNING = [
    ("-> 'str | NoReturn'", "stop()"),
    ("-> Awaitable[NoReturn]", "stop()"),
    ("-> str", "stop()"),
    ("-> NoReturn", "found = items or stop()"),
    ("-> NoReturn", "found = items if items else stop()"),
    ("-> NoReturn", "later = lambda: stop()"),
    ("-> NoReturn", "found = [stop() for one in items]"),
    ("-> NoReturn", "jobs.stopped()"),
    ("-> NoReturn", "run(stop)"),
]


@pytest.mark.parametrize(("result", "call"), RETURNING)
def test_what_may_return_or_is_not_called_cuts_nothing_off(result: str, call: str) -> None:
    helper = f"def stop() {result}:\n    raise KeyError\n\n\n"
    assert not cut_off(edited("python", helper + PYTHON, LAST, f"    {call}\n{LAST}"))


def test_a_method_of_another_object_may_be_one_that_returns() -> None:
    helper = (
        "class A:\n    def stop(self) -> NoReturn:\n        raise KeyError\n\n\n"
        "class B:\n    def stop(self) -> str:\n        return ''\n\n\n"
    )
    assert not cut_off(edited("python", helper + PYTHON, LAST, f"    thing.stop()\n{LAST}"))


def test_a_branch_of_a_value_that_never_returns_cuts_nothing_off() -> None:
    helper = "fn stop() -> ! {\n    loop {}\n}\n"
    taken = "    let n = match at {\n        0 => stop(),\n        n => n,\n    };\n"
    other = "    let Some(n) = one(at) else {\n        stop()\n    };\n"
    for new in (taken, other):
        assert not cut_off(edited("rust", helper + RUST, '    "none"', f'{new}    "none"'))
