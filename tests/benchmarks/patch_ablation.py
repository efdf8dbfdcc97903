"""What the gate would say if it knew nothing of one kind of evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.benchmarks.patch_figures import Scored
from understudy.config.settings import GateSettings
from understudy.engine import gate_weights, strata
from understudy.engine.evasions import hatch, lost_check, silenced
from understudy.engine.gate import judge, total
from understudy.workspace.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tests.patch_gate import JudgedPatch
    from understudy.engine.evidence import Facts

    Blind = Callable[[Facts], Facts]

_AUTO = GateSettings(auto_apply=True)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A kind of evidence, and how to leave it out.

    Attributes:
        weights: coefficients that become 0.
        blind: the facts as they would be if nobody had looked, and all were well.
    """

    name: str
    weights: tuple[str, ...] = ()
    blind: Blind | None = None


def _parses(facts: Facts) -> Facts:
    new = tuple(one for one in facts.comparison.new if "syntax" not in one.code)
    return replace(facts, parses_after=True, comparison=replace(facts.comparison, new=new))


def _gone(facts: Facts) -> Facts:
    return replace(facts, comparison=replace(facts.comparison, target_gone=True))


def _nothing_new(facts: Facts) -> Facts:
    return replace(facts, comparison=replace(facts.comparison, new=()))


def _no_new_warning(facts: Facts) -> Facts:
    new = tuple(one for one in facts.comparison.new if one.severity is Severity.ERROR)
    return replace(facts, comparison=replace(facts.comparison, new=new))


EVIDENCE = (
    Evidence("parses", blind=_parses),
    Evidence("target gone", blind=_gone),
    Evidence("nothing new", blind=_nothing_new),
    Evidence("no new warning", blind=_no_new_warning),
    Evidence("all three", blind=lambda facts: _parses(_gone(_nothing_new(facts)))),
    Evidence("size", ("size",)),
    Evidence("deletions", ("deletions",)),
    Evidence("scope", ("scope",)),
    Evidence("the tool's own fix", ("tool_fix",)),
    Evidence("other problems gone", ("fixed_others",)),
    Evidence("silenced", ("silenced",)),
    Evidence("got around", ("hatch",)),
    Evidence("only deleted", ("only_deleted",)),
    Evidence("near name", ("near_name",)),
    Evidence("all four of these", ("silenced", "hatch", "only_deleted", "near_name")),
    Evidence("words, hedged comments", ("words", "hedged_comment")),
)


def without(evidence: Evidence, found: Sequence[JudgedPatch]) -> list[Scored]:
    """The patches, judged anew without a kind of evidence."""
    nil = gate_weights.Weight(0.0)
    weights = {name: replace(nil) for name in evidence.weights}
    with patch.dict(gate_weights.WEIGHTS, weights):
        return list(_judged(found, evidence.blind, unseen=set(evidence.weights)))


def _judged(
    found: Sequence[JudgedPatch], blind: Blind | None, unseen: set[str]
) -> Iterable[Scored]:
    # What is known of a kind of edit that may be applied unseen goes with its coefficient.
    looks = {"silenced": silenced, "hatch": hatch, "lost_check": lost_check}
    left = [look for name, look in looks.items() if name not in unseen]
    with patch.object(strata, "evades", lambda facts: any(look(facts) for look in left)):
        for one in found:
            known = [blind(facts) if blind else facts for facts in one.trial.facts]
            verdict = total([judge(facts, _AUTO) for facts in known])
            yield Scored(one.patch.id, verdict, one.is_right)
