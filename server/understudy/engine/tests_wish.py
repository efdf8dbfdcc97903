"""The wish for tests of a symbol: where they go, and what may be written there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.engine.scope import block_of
from understudy.engine.subject import Wish
from understudy.engine.tests_home import import_name, tests_home
from understudy.index.extraction import facts_of
from understudy.tasks.tests import TASK

if TYPE_CHECKING:
    from understudy.workspace.view import View


def wish_for_tests(view: View, kind: str) -> Wish:
    """What is to be written, and where. Reads the disk.

    Args:
        view: with the symbol selected that is tested.
        kind: what the kind of tests adds to the task.
    """
    home = tests_home(view)
    lines = (
        view.index.lines_of(view.selection) if view.selection else block_of(view, view.selection)
    )
    words = f"{TASK.instruction} {kind}".strip()
    if home.own:
        where = "Put them where this file keeps its tests, or at its end, as the language has it"
        whole = Wish(f"{words}\n{where}; change nothing else.", lines, whole=True)
        return replace(whole, home=home.path, about=_names(view, lines))
    what = "which is there already: keep its tests" if home.view else "which does not exist yet"
    words += f"\nWrite them into `{home.path}`, {what}. Change no other file."
    if name := import_name(view):
        words += f" What is tested is imported from `{name}`."
    wish = Wish(
        words,
        lines,
        stays=True,
        may_create=home.view is None,
        home=home.path,
        about=_names(view, lines),
    )
    if home.view is not None:
        return replace(wish, others={home.path: home.view})
    return replace(wish, samples={home.sample.name: home.sample} if home.sample else {})


def _names(view: View, lines: range) -> tuple[str, ...]:
    """What is defined in the lines; if nothing is, the innermost definition around them."""
    found = facts_of(view.name, view.language, view.text).definitions
    within = [one.name for one in found if one.head in lines]
    if within:
        return tuple(dict.fromkeys(within))
    around = [one.name for one in found if one.first <= lines.start and lines.stop <= one.stop]
    return tuple(around[-1:])
