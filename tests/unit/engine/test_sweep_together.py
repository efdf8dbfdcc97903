"""Problems that hang together, with the real Ruff."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from understudy.config.policy import Policy, Trust
from understudy.config.settings import CheckerSettings, Settings
from understudy.core.text import Edit, Span
from understudy.engine.evidence import CheckReport, CheckStatus, Comparison
from understudy.engine.follow_up import follow_up
from understudy.engine.outcome import Status
from understudy.engine.problems import problems
from understudy.engine.services import Services
from understudy.engine.sweep import Sweep
from understudy.workspace.diagnostics import Diagnostic, Severity, Suggestion
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RULES = (
    '[tool.ruff]\ntarget-version = "py311"\n[tool.ruff.lint]\nselect = ["F", "I", "RET", "UP"]\n'
)
SETTINGS = Settings(checkers=MappingProxyType({"basedpyright": CheckerSettings(enabled=False)}))


async def swept(
    folder: Path, text: str, wanted: Callable[[Diagnostic], bool] = lambda _: True
) -> Sweep:
    (folder / "pyproject.toml").write_text(RULES)
    path = folder / "x.py"
    view = View(path.as_uri(), text, Policy(Trust.RESTRICTED), path=path, root=folder)
    sweep = Sweep(view, Services(settings=SETTINGS), wanted=wanted)
    async for _ in sweep.steps():
        pass
    return sweep


def codes(sweep: Sweep) -> list[tuple[str, Status]]:
    return [(one.diagnostic.code, one.status) for one in sweep.outcomes if one.diagnostic]


async def test_a_misspelt_name_is_put_right_before_its_variable_counts_as_unused(
    tmp_path: Path,
) -> None:
    text = "def f(path):\n    entries = path.read()\n    return sorted(entrise)\n"
    sweep = await swept(tmp_path, text)
    assert sweep.view.text == text.replace("entrise", "entries")
    assert codes(sweep) == [("F821", Status.OFFERED)]


async def test_what_an_undefined_name_may_mean_is_not_removed(tmp_path: Path) -> None:
    text = "def f(path):\n    entries = path.read()\n    return sorted(entrise)\n"
    sweep = await swept(tmp_path, text, wanted=lambda found: found.code == "F841")
    assert sweep.view.text == text
    (outcome,) = sweep.outcomes
    assert outcome.status is Status.UNFIXED
    assert outcome.reason == (
        "`entries` may be what is meant where `entrise` stands, which is not defined, "
        "so it is not removed."
    )


async def test_an_import_that_a_fix_makes_superfluous_goes_with_it(tmp_path: Path) -> None:
    text = "import re\nfrom typing import List\n\nx: List[int] = []\nprint(re)\n"
    sweep = await swept(tmp_path, text)
    assert sweep.view.text == "import re\n\nx: list[int] = []\nprint(re)\n"
    assert codes(sweep) == [("UP035", Status.UNFIXED), ("UP006", Status.OFFERED)]
    assert [one.diagnostic.code for one in sweep.gone_along if one.diagnostic] == ["UP035"]


async def test_a_chain_that_ruff_mends_link_by_link_is_one_edit(tmp_path: Path) -> None:
    text = (
        "def f(x):\n    if x == 1:\n        return 1\n    elif x == 2:\n        return 2\n"
        "    elif x == 3:\n        return 3\n    return 4\n"
    )
    sweep = await swept(tmp_path, text)
    assert sweep.view.text == text.replace("elif", "if")
    assert codes(sweep) == [("RET505", Status.OFFERED)]


async def test_a_new_import_goes_where_the_project_sorts_it(tmp_path: Path) -> None:
    text = "from collections import Counter\n\nfrom x import y\n\nprint(json.dumps(y), Counter)\n"
    sweep = await swept(tmp_path, text)
    assert sweep.view.text == "import json\n" + text


async def test_what_is_left_did_not_go_along(tmp_path: Path) -> None:
    sweep = await swept(tmp_path, "print(nobody_knows_it)\n")
    assert codes(sweep) == [("F821", Status.UNFIXED)]
    assert sweep.gone_along == ()


EDIT = Edit(Span(0, 9), "")
SUPERFLUOUS = Diagnostic(
    "ruff",
    "F401",
    "`os` imported but unused",
    Span(0, 9),
    suggestions=(Suggestion("", (EDIT,), safe=True),),
)
UNSORTED = replace(SUPERFLUOUS, code="I001", message="Import block is un-sorted")
RISKY = replace(SUPERFLUOUS, suggestions=(Suggestion("", (EDIT,)),))


@pytest.mark.parametrize(
    ("author", "new", "gone", "followed"),
    [
        ("suggested", (SUPERFLUOUS,), True, True),
        ("did_you_mean", (SUPERFLUOUS,), True, False),
        ("missing_import", (UNSORTED,), True, True),
        ("suggested", (UNSORTED, RISKY), True, False),
        ("suggested", (SUPERFLUOUS,), False, False),
        ("suggested", (SUPERFLUOUS,), None, False),
        ("suggested", (), True, False),
    ],
)
def test_only_what_a_tools_own_edit_entails_is_followed_up(
    author: str, new: tuple[Diagnostic, ...], gone: bool | None, followed: bool
) -> None:
    assert follow_up(author, Comparison(gone, new=new)) == ((EDIT,) if followed else ())


ERROR, WARNING = Severity.ERROR, Severity.WARNING
RUFF = Diagnostic("ruff", "F821", "Undefined name `x`", Span(9, 10), ERROR)
PYRIGHT = Diagnostic(
    "basedpyright", "reportUndefinedVariable", '"x" is not defined', Span(9, 10), ERROR
)
UNUSED = Diagnostic("ruff", "F401", "`os` imported but unused", Span(0, 2), WARNING)
COMPILER = Diagnostic("python", "syntax-error", "invalid syntax", Span(4, 5), ERROR)
PARSER = Diagnostic("basedpyright", "syntax-error", "Expected expression", Span(6, 7), ERROR)


def report(checker: str, *found: Diagnostic) -> CheckReport:
    return CheckReport(checker, CheckStatus.DONE, found)


@pytest.mark.parametrize(
    ("reports", "kept"),
    [
        ([report("basedpyright", PYRIGHT), report("ruff", RUFF)], (RUFF,)),
        ([report("basedpyright", PARSER), report("python_syntax", COMPILER)], (COMPILER,)),
        ([report("ruff", UNUSED, RUFF)], (RUFF, UNUSED)),
    ],
    ids=["linter", "compiler", "errors first"],
)
def test_one_word_is_kept_of_each_problem(
    reports: list[CheckReport], kept: tuple[Diagnostic, ...]
) -> None:
    assert problems(reports) == kept


def test_a_word_that_is_not_wanted_does_not_stand_for_one_that_is() -> None:
    reports = [report("basedpyright", PYRIGHT), report("ruff", RUFF)]
    assert problems(reports, lambda found: found.source == "basedpyright") == (PYRIGHT,)
