"""How many problems are fixed, and whether the repair is the right one."""

from __future__ import annotations

import ast
import asyncio
import difflib
import os
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.actions.test_cases import FILES, laid_out, read_file, target
from tests.benchmarks.corpus import all_cases
from tests.benchmarks.repair_kinds import Kinds
from tests.benchmarks.report import Report, verdict
from tests.benchmarks.servers import workspace
from understudy.checkers import all_checkers
from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings, FixSettings, Settings
from understudy.core.text import apply
from understudy.engine.checking import check, close_checkers
from understudy.engine.problems import problems
from understudy.engine.run import fix
from understudy.engine.services import Services
from understudy.engine.sweep import Sweep
from understudy.workspace.diagnostics import is_syntax_error
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.corpus import Case
    from understudy.workspace.diagnostics import Diagnostic

EACH = 20
SHARE_BAR = 0.60
DEMO = Path(__file__).parents[1] / "demo"
RULES = '[tool.ruff.lint]\nselect = ["E4", "E7", "E9", "F", "B006"]\n'
# A tool that starts slowly on a busy machine must not change what is counted.
CALM = {name: CheckerSettings(timeout_s=60.0) for name in all_checkers()}
PATIENT = Settings(fix=FixSettings(timeout_s=100.0), checkers=CALM)
WITHOUT_TYPES = Settings(
    fix=FixSettings(timeout_s=100.0),
    checkers=CALM | {"basedpyright": CheckerSettings(enabled=False)},
)


@dataclass
class Count:
    """What became of one kind of problem.

    Attributes:
        as_before: the text is what it was before it was broken.
        same_code: it differs, but reads as the same code.
        other_code: the checkers prove it, and still the code is not what it was.
        left_new: there is a problem that the text did not have before.
    """

    tried: int = 0
    as_before: int = 0
    same_code: int = 0
    other_code: int = 0
    left_new: int = 0

    @property
    def fixed(self) -> int:
        return self.as_before + self.same_code + self.other_code

    def add(self, other: Count) -> None:
        self.tried += other.tried
        self.as_before += other.as_before
        self.same_code += other.same_code
        self.other_code += other.other_code
        self.left_new += other.left_new


@dataclass
class Repairs:
    """The report under way.

    Attributes:
        strange: repairs that the checkers proved and that are not what was there, as differences.
        kinds: what the gate's kinds were worth.
    """

    report: Report
    all: Count = field(default_factory=Count)
    strange: list[str] = field(default_factory=list)
    kinds: Kinds = field(default_factory=Kinds)

    def row(self, what: str, count: Count, *, bar: bool = False) -> None:
        share = count.fixed / count.tried if count.tried else 0.0
        met = share >= SHARE_BAR and not count.left_new
        self.report.add(
            what,
            *(str(count.tried), f"{share:.0%}", str(count.as_before), str(count.same_code)),
            *(str(count.other_code), str(count.tried - count.fixed), str(count.left_new)),
            *((f"≥ {SHARE_BAR:.0%}, 0 new", verdict(met=met)) if bar else ()),
        )


def main() -> None:
    repairs = Repairs(
        Report(
            "bench_repair",
            "How many problems are fixed",
            f"Functions of the standard library, broken in one known way each ({EACH} of a kind, "
            "where that many can be told to be broken), mended with Ruff and the compiler as the "
            "only witnesses; then `tests/demo` and `tests/actions`, with a type checker too.",
            (
                *("Broken by", "Problems", "Fixed", "Text as before", "Same code"),
                *("Other code", "Not fixed", "Leave a new problem", "Bar", "Verdict"),
            ),
            notes=[
                "*Other code* passes every check and differs from what was there: for many breaks "
                "there is more than one good repair, but each of these was printed to be read."
            ],
        )
    )
    asyncio.run(measure(repairs))
    for one in repairs.strange:
        print(one)
    repairs.report.publish()
    repairs.kinds.report().publish()


async def measure(repairs: Repairs) -> None:
    with workspace() as (root, home):
        os.environ["UNDERSTUDY_HOME"] = str(home)
        (root / "pyproject.toml").write_text(RULES)
        for kind, found in all_cases():
            count = Count()
            for case in found:
                await mend(case, root, count, repairs)
                if count.tried == EACH:
                    break
            repairs.all.add(count)
            if count.tried:
                repairs.row(kind.name, count)
        repairs.row("All broken functions", repairs.all, bar=True)
    with workspace() as (root, _):
        repairs.row("`tests/demo`", await demo(root), bar=True)
    repairs.row("`tests/actions`", await actions(), bar=True)
    await close_checkers()


async def mend(case: Case, root: Path, count: Count, repairs: Repairs) -> None:
    """Mend one function, if the break can be told at all."""
    path = root / f"{case.name.rpartition('.')[0]}.py"
    before = problems(await check(view_of(path, case.original, root), WITHOUT_TYPES))
    view = view_of(path, case.broken, root)
    reports = await check(view, WITHOUT_TYPES)
    come = beyond(problems(reports), before)
    if not come:
        return
    outcome = await fix(view, nearest(come, problems(reports), case.at), Services(WITHOUT_TYPES))
    count.tried += 1
    if outcome.offered is None:
        return
    after = apply(case.broken, outcome.offered.edits)
    left = beyond(problems(await check(view_of(path, after, root), WITHOUT_TYPES)), before)
    count.left_new += bool(left)
    if after == case.original:
        count.as_before += 1
    elif same_code(after, case.original):
        count.same_code += 1
    else:
        count.other_code += 1
    right = not left and same_code(after, case.original)
    repairs.kinds.judge(outcome.offered.verdict.stratum, right=right)
    if not right:
        repairs.strange.append(
            told(case, after, f"{outcome.offered.author}: {outcome.offered.why}", left)
        )


async def demo(root: Path) -> Count:
    """The project of `make demo`, swept file by file."""
    count = Count()
    for view in laid_out_demo(root):
        before = problems(await check(view, PATIENT))
        sweep = Sweep(view, Services(PATIENT))
        async for _ in sweep.steps():
            pass
        after = problems(await check(sweep.view, PATIENT))
        count.tried += len(sweep.outcomes)
        count.same_code += len(sweep.taken) + len(sweep.gone_along)
        # What a syntax error hid was there before; the gate tells it from what an edit brought.
        hidden = any(map(is_syntax_error, before))
        count.left_new += 0 if hidden else len(beyond(after, before))
    return count


def laid_out_demo(root: Path) -> list[View]:
    shutil.copytree(DEMO, root, dirs_exist_ok=True)
    paths = sorted(root.rglob("*.py"))
    return [view_of(path, path.read_text(encoding="utf-8"), root) for path in paths]


async def actions() -> Count:
    """Every case of `tests/actions` that our checkers know something about."""
    count = Count()
    for file in FILES:
        case = read_file(file)
        with workspace() as (root, _):
            view = laid_out(case, root)
            reports = await check(view, PATIENT)
            if case.diagnostics is None and not problems(reports):
                # Made for other settings than those of this measurement.
                continue
            outcome = await fix(view, target(case, view, reports), Services(PATIENT))
        count.tried += 1
        if outcome.offered is not None:
            count.as_before += apply(case.text, outcome.offered.edits) == case.after
            count.left_new += bool(outcome.offered.comparison.new)
    return count


def view_of(path: Path, text: str, root: Path) -> View:
    return View(path.as_uri(), text, Policy(Trust.TRUSTED), version=1, path=path, root=root)


def beyond(found: Iterable[Diagnostic], known: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that were not there before, told by what they say."""
    left = Counter((one.code, one.message) for one in known)
    new = []
    for one in found:
        key = (one.code, one.message)
        if left[key]:
            left[key] -= 1
        else:
            new.append(one)
    return new


def nearest(come: list[Diagnostic], found: Iterable[Diagnostic], at: int) -> Diagnostic:
    """Of the findings that say what is new, the one where the text was broken."""
    if is_syntax_error(come[0]):
        return come[0]
    said = {(one.code, one.message) for one in come}
    alike = (one for one in found if (one.code, one.message) in said)
    return min(alike, key=lambda one: abs(one.span.start - at))


def same_code(text: str, other: str) -> bool:
    """Whether two texts are the same code; the order of a module's imports does not matter."""
    try:
        return _code(text) == _code(other)
    except SyntaxError:
        return False


def _code(text: str) -> tuple[list[str], list[str]]:
    body = ast.parse(text).body
    imports = [one for one in body if isinstance(one, ast.Import | ast.ImportFrom)]
    rest = [ast.dump(one) for one in body if one not in imports]
    return sorted(map(ast.dump, imports)), rest


def told(case: Case, after: str, why: str, left: list[Diagnostic]) -> str:
    """A repair that is not what was there, for people: original, broken and mended."""
    first = difflib.unified_diff(
        case.original.split("\n"), case.broken.split("\n"), n=1, lineterm=""
    )
    second = difflib.unified_diff(case.broken.split("\n"), after.split("\n"), n=1, lineterm="")
    parts = [f"--- {case.kind}: {case.name}", *islice(first, 2, 20), f"=== {why}"]
    parts += [*islice(second, 2, 30), *(f"!!! {one.code} {one.message}" for one in left)]
    return "\n".join(parts)


if __name__ == "__main__":
    main()
