"""The question that a task would ask about a place: what it is about, and how its prompt is written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from understudy.core.failures import BadRequestError, RefusedError
from understudy.edit_formats import all_edit_formats
from understudy.engine.addressing import addressee
from understudy.engine.attempt import Ask
from understudy.engine.clearance import barred
from understudy.engine.contract import contract_for, region_for
from understudy.engine.explaining import explanation
from understudy.engine.inquiry import subject_lines
from understudy.engine.named_files import named_files
from understudy.engine.problems import beyond, problems, shared
from understudy.engine.prompts import Besides, place_of, prompt_of, to_model
from understudy.engine.reviewing import review
from understudy.engine.run import problem_of
from understudy.engine.scope import block_of, symbol_of
from understudy.engine.subject import Subject, Wish, of_problem
from understudy.engine.taught_plan import with_lessons
from understudy.engine.teaching import Teaching
from understudy.engine.tests_wish import wish_for_tests
from understudy.engine.ways import Plan
from understudy.tasks.explain import TASK as EXPLAIN
from understudy.tasks.fix import TASK as FIX
from understudy.tasks.fix_file import TASK as FIX_FILE
from understudy.tasks.review import TASK as REVIEW
from understudy.tasks.tests import TASK as TESTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from understudy.engine.consult import Matter
    from understudy.engine.evidence import CheckReport
    from understudy.engine.material import Place
    from understudy.engine.services import Services
    from understudy.models.registry import Model
    from understudy.models.tokens import TokenCounter
    from understudy.prompt import Prompt
    from understudy.prompt.pieces import Shown
    from understudy.tasks import Task
    from understudy.workspace.diagnostics import Diagnostic
    from understudy.workspace.view import View

T = TypeVar("T")

_PROSE = 512


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that nobody asked yet.

    Attributes:
        place: what context is gathered for, and who would be asked.
        write: puts the prompt together with some context. Looks at the folders of fragments.
        output: tokens that the answer takes at most, as far as that can be told.
        counter: of the model's tokens; None where nobody would be asked.
        form: the edit format, or the form of the answer.
        others: further documents that the prompt shows as a whole, by their path.
    """

    place: Place
    write: Callable[[Shown], Prompt]
    output: int
    counter: TokenCounter | None
    form: str
    others: Mapping[str, View] = field(default_factory=lambda: MappingProxyType({}))


def question_at(
    view: View,
    services: Services,
    model: Model | None,
    reports: tuple[CheckReport, ...] = (),
    words: str = "",
) -> Asking:
    """The question of the services' task about what the view selects. Parses the text.

    Args:
        view: with the lines selected that are meant, and what the client says is wrong there.
        services: settings, the task, and the way to models, of which none is asked.
        model: who would be asked; None for nobody.
        reports: what the checkers say about the text, for tasks that edit.
        words: what the user would say.

    Raises:
        BadRequestError: the task takes no words.
        RefusedError: the words name a file that can't be read, or that the model may not see.
    """
    task = services.task
    if words.strip() and (solves(task) or not edits(task)):
        raise BadRequestError(f"`{task.id}` takes no words: only what changes code by a wish does.")
    if task.id == EXPLAIN.id:
        return _telling(explanation(view, subject_lines(view)), services, model)
    if task.id == REVIEW.id:
        return _telling(review(view, subject_lines(view)), services, model)
    if not solves(task):
        subject = Subject(view, wish=_wish(view, task, words))
    elif (target := target_at(view, reports)) is not None:
        subject = of_problem(problem_of(view, target))
    else:
        subject = Subject(view)
    return _edit(Ask(subject, model.id if model else "", reports, services), model)


def solves(task: Task) -> bool:
    """Whether the task is about problems, and not about a wish."""
    return task.id in {FIX.id, FIX_FILE.id}


def edits(task: Task) -> bool:
    """Whether the task changes code, so that what checkers say about it goes into its prompts."""
    return task.id not in {EXPLAIN.id, REVIEW.id}


def target_at(view: View, reports: tuple[CheckReport, ...]) -> Diagnostic | None:
    """The problem that a fix would begin with: the first of the client's, else in the selected lines."""
    index = view.index
    found, given = problems(reports, index=index), view.diagnostics
    if given:
        return next(iter((*beyond(given, found, index), *shared(found, given, index))), None)
    lines = index.lines_of(view.selection)
    return next((one for one in found if index.line_of(one.span.start) in lines), None)


def lines_to_change(view: View, selected: range, task: Task) -> range:
    """The lines that may be written anew: several selected ones, else the symbol around them."""
    several = len(selected) > 1 and bool(view.selection)
    if several and task.kind_argument != "extract":
        return selected
    return symbol_of(view, selected) or block_of(view, view.selection)


def _wish(view: View, task: Task, words: str) -> Wish:
    if task.id == TESTS.id:
        return wish_for_tests(view, words)
    selected = view.index.lines_of(view.selection)
    lines = lines_to_change(view, selected, task)
    named = named_files(view, words)
    return Wish(
        f"{task.instruction}\n{words}".strip(),
        lines,
        selected=selected,
        others=named.files,
        whole=bool(named.files) or named.may_create,
        may_create=named.may_create,
    )


def _require_shown(wish: Wish | None, services: Services, model: Model | None) -> None:
    for other in wish.others.values() if wish is not None else ():
        why = barred(other, model, services.settings)
        if why:
            raise RefusedError(why)


def _telling(matter: Matter[T], services: Services, model: Model | None) -> Asking:
    counter = _counter(services, model, matter.view)
    to = addressee(services.task, model, counter, matter.form)

    def write(shown: Shown) -> Prompt:
        return matter.prompt((), to, shown)

    return Asking(replace(matter.place, model=model), write, matter.output, counter, matter.form)


def _edit(ask: Ask, model: Model | None) -> Asking:
    subject, view, reach = ask.subject, ask.subject.view, ask.services.reach
    _require_shown(subject.wish, ask.services, model)
    counter = _counter(ask.services, model, view)
    if model is None or reach is None:
        wish = subject.wish
        several = wish is not None and (wish.whole or wish.may_create or bool(wish.others))
        edit_format = all_edit_formats()["search_replace" if several else "region"]
    else:
        so_far = reach.caches.read_so_far
        edit_format = contract_for(model, subject, ask.services.settings, so_far)
    lines = subject.wish.lines if subject.wish is not None else _lines(subject, view)
    region = region_for(subject, lines, edit_format)
    plan = _as_taught(Plan(edit_format, region), ask, model, counter)
    to = to_model(ask, plan.edit_format, model, counter)

    def write(shown: Shown) -> Prompt:
        return prompt_of(ask, plan.region, to, Besides(shown=shown, taught=plan.taught))

    output = 2 * counter.most(plan.region.text) + _PROSE if counter is not None else 0
    place = place_of(ask, plan.region, model)
    others = subject.wish.others if subject.wish is not None else {}
    return Asking(place, write, output, counter, plan.edit_format.id, others)


def _lines(subject: Subject, view: View) -> range:
    return block_of(view, subject.target.span if subject.target is not None else view.selection)


def _as_taught(plan: Plan, ask: Ask, model: Model | None, counter: TokenCounter | None) -> Plan:
    """The question as lessons would have it. Reads files."""
    reach = ask.services.reach
    if reach is None or model is None or counter is None:
        return plan
    teaching = Teaching(ask.services, ask.subject.view, reach.journal)
    lessons = teaching.selected(model, "", counter.most)
    return with_lessons(plan, lessons, ask, model, reach)[0]


def _counter(services: Services, model: Model | None, view: View) -> TokenCounter | None:
    reach = services.reach
    return reach.counter(model, view.language) if reach is not None and model is not None else None
