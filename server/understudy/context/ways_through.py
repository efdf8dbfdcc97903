"""A way through the statements of a function: when each of them is run, and what it comes to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from understudy.context.conditions import (
    Reading,
    condition,
    elements,
    inner,
    picked,
    quantity,
    something,
)
from understudy.context.decided import (
    NO,
    YES,
    Decided,
    Outcome,
    only_answer,
    only_flag,
    picked_by,
)
from understudy.context.formulas import FALSE, TRUE, Claim, both, claims, constant, either, no
from understudy.context.leaving import (
    choice_of,
    condition_of,
    parts_of_choice,
    runs_in_order,
    ways_of,
)
from understudy.context.picking import elements_that, loop_of
from understudy.context.statements import (
    BRANCH,
    RETURN,
    code_of,
    ends_here,
    given_in,
    is_expression,
    may_leave,
)
from understudy.context.whole_trees import nodes
from understudy.context.written import sign_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from understudy.context.formulas import Formula
    from understudy.context.syntax import Source

_SIGNS = frozenset({"and", "or", "&&", "||", "not", "!", "in", "not in", "is", "is not"})
_COMPARES = frozenset({"==", "!=", "===", "!==", "<", ">", "<=", ">="})
_VALUE_LAST = frozenset({"block", "body_statement", "statements", "then", "else", "else_clause"})
_NAME = re.compile(r"(?<![\w.$])[A-Za-z_$][\w$]*")
_TRUTHS = {"True": TRUE, "true": TRUE, "False": FALSE, "false": FALSE}
_MOST_CLAIMS = 40


@dataclass(slots=True)
class Walk:
    """Goes through the statements of a function.

    Attributes:
        source: the text.
        decided: what was read so far.
        loops: what was read of each loop, by its head.
        last_counts: whether a last statement without `return` is what is returned.
        known: what names that were given a condition stand for.
        asked: names in conditions that were met so far.
        renamed: names that only stand for something, or for something else than before.
    """

    source: Source
    decided: Decided = field(default_factory=Decided)
    loops: dict[str, Decided] = field(default_factory=dict)
    last_counts: bool = False
    known: dict[str, Formula] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)

    def block(self, statements: Sequence[Node], when: Formula, *, is_last: bool) -> Formula:
        """When what follows some statements is run."""
        parts = [one for one in statements if one.is_named and not one.is_extra]
        for number, one in enumerate(parts):
            is_end = is_last and number == len(parts) - 1
            when = self._statement(one, when, is_last=is_end)
            if when == FALSE:
                break
        return when

    def _condition(self, node: Node) -> Formula:
        self.asked.update(_NAME.findall(self.source.word(node)))
        return condition(node, self._reading())

    def _reading(self) -> Reading:
        return Reading(self.source, self.renamed, self.known)

    def _statement(self, node: Node, when: Formula, *, is_last: bool) -> Formula:
        while node.type == "expression_statement" and node.named_child_count == 1:
            is_last = is_last and node.child_count == 1
            node = node.named_children[0]
        test = condition_of(node) if BRANCH.fullmatch(node.type) else None
        if test is not None:
            return self._branches(node, test, when, is_last=is_last)
        if RETURN.fullmatch(node.type) and self._returns(node):
            self._value(node.named_children[0] if node.named_children else None, when)
            return FALSE
        if ends_here(node, self.source):
            self._outcome(when, code_of(node, self.source))
            return FALSE
        return self._other(node, when, is_last=is_last)

    def _other(self, node: Node, when: Formula, *, is_last: bool) -> Formula:
        """When what follows a statement is run that decides nothing by itself."""
        body, found = node.child_by_field_name("body"), loop_of(node, self.source)
        if found is not None and body is not None:
            return self._loop(node, body, found, when)
        if runs_in_order(node):
            return self.block((node if body is None else body).children, when, is_last=is_last)
        if is_last and self.last_counts and is_expression(node):
            self._value(node, when)
            return FALSE
        return self._effect(node, when)

    def _returns(self, node: Node) -> bool:
        return self.source.word(node).startswith("return") and node.named_child_count <= 1

    def _branches(self, node: Node, test: Node, when: Formula, *, is_last: bool) -> Formula:
        ways = ways_of(node)
        for one in node.named_children:
            if one.end_byte <= test.start_byte and one not in ways:
                self._effect(one, when)
        holds = self._condition(test)
        if node.type.startswith("unless"):
            holds = no(holds)
        behind = [self._way(ways[0] if ways else None, both(when, holds), is_last=is_last)]
        rest = both(when, no(holds))
        for way in ways[1:]:
            rest = self._further(way, rest, behind, is_last=is_last)
        passed = [one for one in (*behind, rest) if one != FALSE]
        if passed == [both(when, holds), both(when, no(holds))]:
            return when
        return self._bounded(either(*passed))

    def _further(
        self, way: Node, rest: Formula, behind: list[Formula], *, is_last: bool
    ) -> Formula:
        """When what follows a further branch is run without it; with it, what is behind it."""
        test = condition_of(way)
        if test is None or not way.type.endswith(("clause", "elsif")):
            return self._way(way, rest, is_last=is_last)
        first, *others = ways_of(way) or (None,)
        holds = self._condition(test)
        behind.append(self._way(first, both(rest, holds), is_last=is_last))
        rest = both(rest, no(holds))
        for one in others:
            if one is not None:
                rest = self._further(one, rest, behind, is_last=is_last)
        return rest

    def _way(self, way: Node | None, when: Formula, *, is_last: bool) -> Formula:
        return when if way is None else self._statement(way, when, is_last=is_last)

    def _bounded(self, when: Formula) -> Formula:
        """A condition, or that it grew too long to be compared."""
        if next(islice(claims(when), _MOST_CLAIMS, None), None) is None:
            return when
        self.decided.unread = True
        return Claim("is", ("passes all of that",))

    def _value(self, node: Node | None, when: Formula) -> None:
        """That a value is returned, by the conditions in it."""
        if node is None:
            self._outcome(when, "return")
            return
        node = inner(node)
        while node.type == "expression_list" and node.named_child_count == 1:
            node = inner(node.named_children[0])
        self._comprehended(node)
        chosen, asked = parts_of_choice(node), choice_of(node)
        if not chosen and condition_of(node) is not None and len(ways_of(node)) == 2:
            chosen, asked = ways_of(node), condition_of(node)
        if asked is not None and len(chosen) == 2:
            holds = self._condition(asked)
            self._value(chosen[0], both(when, holds))
            self._value(chosen[1], both(when, no(holds)))
            return
        if node.type in _VALUE_LAST and node.named_child_count == 1:
            self._value(node.named_children[0], when)
            return
        text = quantity(node, self._reading())
        if self._is_condition(node) or text in self.known:
            holds = self._condition(node)
            self._outcome(both(when, holds), YES)
            self._outcome(both(when, no(holds)), NO)
            return
        self._outcome(when, text, is_value=constant(text) is None)

    def _outcome(self, when: Formula, text: str, *, is_value: bool = False) -> None:
        if when != FALSE:
            self.decided.outcomes.append(Outcome(when, text, is_value))

    def _is_condition(self, node: Node) -> bool:
        """Whether what a value comes to is yes or no by its form."""
        if self.source.word(node) in _TRUTHS:
            return True
        parts = [one for one in node.children if not one.is_extra]
        signs = [sign_of(one, self.source) for one in parts]
        if len(parts) == 2 and signs[0] in {"not", "!"}:
            return True
        if len(parts) >= 3 and any(sign in _COMPARES for sign in signs[1::2]):
            return True
        if len(parts) >= 3 and any(sign in _SIGNS for sign in signs[1::2]):
            is_test = signs[1] not in {"and", "or", "&&", "||"}
            return is_test or all(self._is_condition(inner(one)) for one in parts[::2])
        return condition(node, self._reading()) != Claim("is", (quantity(node, self._reading()),))

    def _effect(self, node: Node, when: Formula) -> Formula:
        self._comprehended(node)
        name, value = given_in(node, self.source)
        text = code_of(node, self.source)
        if name and value is not None:
            self._gives(name, value, when)
        else:
            self.decided.effects.setdefault(text, []).append(when)
        if name and value is not None and when == TRUE and self._is_condition(inner(value)):
            self.known[name] = self._condition(value)
        else:
            for one in {given_in(one, self.source)[0] for one in nodes(node)}:
                self._forget(one)
        if may_leave(node):
            # Whether it leaves is one more thing that what follows depends on.
            self.decided.unread = True
            return both(when, Claim("is", (f"passes {text}",)))
        return when

    def _forget(self, name: str) -> None:
        """That a name stands for something else from here on."""
        self.known.pop(name, None)
        if name in self.asked:
            self.renamed[name] = f"{self.renamed.get(name, name)}'"

    def _gives(self, name: str, value: Node, when: Formula) -> None:
        """That a name gets a value, by the conditions in it."""
        value = inner(value)
        chosen, asked = parts_of_choice(value), choice_of(value)
        if asked is not None and len(chosen) == 2:
            holds = self._condition(asked)
            self._gives(name, chosen[0], both(when, holds))
            self._gives(name, chosen[1], both(when, no(holds)))
        else:
            text = f"{name} = {code_of(value, self.source)}"
            self.decided.effects.setdefault(text, []).append(when)

    def _loop(
        self, node: Node, body: Node, found: tuple[tuple[str, ...], Node], when: Formula
    ) -> Formula:
        names, over = found
        within = quantity(over, self._reading())
        renamed = {**self.renamed, **elements(names)}
        inside = Walk(self.source, known=dict(self.known), renamed=renamed)
        inside.block(body.children, TRUE, is_last=False)
        head = f"{within} {sum(1 for one in self.loops if one.startswith(f'{within} '))}"
        self.loops[head] = inside.decided
        self.loops.update({f"{head} {name}": one for name, one in inside.loops.items()})
        taken = picked_by(inside.decided, within)
        if taken is None:
            return self._effect(node, when)
        there = something(taken)
        answer = only_answer(inside.decided, taken)
        if answer in _TRUTHS:
            self._outcome(both(when, there), YES if _TRUTHS[answer] == TRUE else NO)
            return both(when, no(there))
        name, value = only_flag(inside.decided)
        known = self.known.get(name)
        if known in (TRUE, FALSE) and value in _TRUTHS:
            is_yes = _TRUTHS[value] == TRUE
            self.known[name] = either(known, there) if is_yes else both(known, no(there))
            return when
        self.decided.picked.append(taken)
        return self._effect(node, when)

    def _comprehended(self, node: Node) -> None:
        # What is only asked about elements is a condition.
        for one in nodes(node, lambda one: elements_that(one, self.source) is None):
            found = picked(one, self._reading())
            is_asked = elements_that(one, self.source) is not None
            if found is not None and found.by != TRUE and not is_asked:
                self.decided.picked.append(found)
