from __future__ import annotations

from dataclasses import replace

from tests.unit.engine.facts_factory import DEFAULT, WRITTEN, facts_of
from understudy.core.text import Span
from understudy.engine.evidence import Band, Facts
from understudy.engine.gate import judge
from understudy.engine.losses import lost_unasked
from understudy.workspace.diagnostics import Diagnostic

BEFORE = (
    "def total(prices):\n    return sum(prices)\n\n\ndef clear(cart):\n    cart.items = []\n"
    "    cart.sum = 0\n"
)
AFTER = BEFORE[: BEFORE.index("\n\ndef clear")]
AT = BEFORE.index("clear")


def lost(after: str = AFTER, before: str = BEFORE, **more: object) -> Facts:
    facts = facts_of(before, after)
    return replace(facts, rule="", who=("acme/one", "fix", "python"), **more)  # type: ignore[arg-type] # any field


def about(message: str, code: str = "X1", at: int = AT) -> Diagnostic:
    return Diagnostic("tool", code, message, Span(at, at + 5))


def test_an_edit_that_drops_a_function_unasked_is_looked_at() -> None:
    assert "`clear`" in lost_unasked(lost())
    verdict = judge(lost(), DEFAULT)
    assert verdict.band is Band.REVIEW
    assert "lost_definition" in {reason.signal for reason in verdict.reasons}
    assert judge(WRITTEN, DEFAULT).band is Band.CONFIRM


def test_a_function_that_a_diagnostic_calls_unused_or_doubled_may_go() -> None:
    for message in ("`clear` is never used", "Function is unused", "Redefinition of `clear`"):
        assert lost_unasked(lost(target=about(message))) == ""
    # The same word about another place asks for nothing here.
    assert lost_unasked(lost(target=about("Local variable `x` is unused", at=0)))


def test_what_is_unused_within_a_function_does_not_let_all_of_it_go() -> None:
    inner = about("Local variable `cart` is assigned to but never used", "F841", AT + 20)
    assert "`clear`" in lost_unasked(lost(target=inner))


def test_a_statement_or_an_import_that_is_gone_unasked_is_told() -> None:
    before = f"import readline\nimport logging\n\n{BEFORE}\n\nlogging.basicConfig(level=10)\n"
    without = before.replace("import readline\n", "")
    assert "`readline`" in lost_unasked(lost(after=without, before=before))
    unused = about("`readline` imported but unused", "F401", before.index("readline"))
    assert lost_unasked(lost(after=without, before=before, target=unused)) == ""
    silent = before.replace("\n\nlogging.basicConfig(level=10)\n", "")
    assert "basicConfig" in lost_unasked(lost(after=silent, before=before))
    called = about("Debug set up", at=before.index("logging.basic"))
    assert lost_unasked(lost(after=silent, before=before, target=called)) == ""


def test_a_rule_a_wish_about_the_lines_and_a_new_name_take_nothing_away() -> None:
    assert lost_unasked(facts_of(BEFORE, AFTER)) == ""
    wished = (Span(AT, len(BEFORE)),)
    assert lost_unasked(lost(target=None, wished=wished)) == ""
    assert lost_unasked(lost(after=BEFORE.replace("clear(", "empty("))) == ""


def test_one_of_two_versions_in_a_text_that_could_not_be_read_may_go() -> None:
    before = f"<<<<<<< HEAD\n{BEFORE}=======\ndef clear(cart):\n    cart.items = {{}}\n>>>>>>> x\n"
    assert lost_unasked(lost(before=before, after=BEFORE, parsed_before=False)) == ""
