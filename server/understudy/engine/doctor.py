"""What is there and what is missing, for `understudy doctor` and the server's command."""

from __future__ import annotations

import asyncio
import contextlib
import platform
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.config.paths import config_file, journal_file
from understudy.config.policy import Trust
from understudy.config.settings import OFFLINE_MODEL, CheckerSettings
from understudy.config.source import WORKSPACE_FILE
from understudy.core.failures import UnavailableError
from understudy.core.plural import plural
from understudy.engine.editors_doctor import examine_editors
from understudy.engine.effectiveness import Asked, effects
from understudy.engine.effectiveness_text import summary
from understudy.engine.finding import Finding, State
from understudy.engine.fragments_doctor import examine_fragments
from understudy.engine.journal_doctor import examine_journal
from understudy.engine.lessons_doctor import examine_lessons
from understudy.engine.own_checkers import own_checkers
from understudy.engine.signals_fired import signal_findings
from understudy.engine.silent_providers import examine_silent
from understudy.engine.telemetry_doctor import examine_telemetry
from understudy.index.survey import figures_of
from understudy.journal.model_regressions import regressions
from understudy.journal.pauses import read_pauses
from understudy.models.registry import known_models
from understudy.workspace.python_env import find_environment, installed
from understudy.workspace.tools import ToolMissingError
from understudy.workspace.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from understudy.checkers import Checker
    from understudy.engine.setup import Setup


async def examine(root: Path, setup: Setup) -> tuple[Finding, ...]:
    """Look at everything that Understudy needs or can use for a workspace folder.

    Starts the checkers and a few editors to ask for their versions, as far as the folder's policy
    allows; reads files; writes nothing. Never raises.
    """
    view = View(root.as_uri(), "", setup.policy, path=root / "untitled.py", root=root)
    async with asyncio.TaskGroup() as group:
        installation = group.create_task(asyncio.to_thread(lambda: [*_installation(root, setup)]))
        checkers = group.create_task(_checkers(view, setup))
        journal = group.create_task(
            asyncio.to_thread(lambda: [*examine_journal(setup.settings.journal)])
        )
        index = group.create_task(asyncio.to_thread(_index, root, setup))
        strategies = group.create_task(asyncio.to_thread(lambda: [*_strategies(setup)]))
        pauses = group.create_task(asyncio.to_thread(lambda: [*_pauses(), *_worse()]))
        lessons = group.create_task(asyncio.to_thread(lambda: [*examine_lessons(root)]))
        fragments = group.create_task(
            asyncio.to_thread(lambda: [*examine_fragments(root, setup.policy)])
        )
        signals = group.create_task(asyncio.to_thread(lambda: [*_signals(setup)]))
        configuration = group.create_task(asyncio.to_thread(lambda: [*_configuration(root, setup)]))
        editors = group.create_task(examine_editors(view))
        telemetry = group.create_task(examine_telemetry(setup.settings))
        without_models = group.create_task(examine_silent(setup, State.PROBLEM))
    return (
        *installation.result(),
        *checkers.result(),
        *_models(setup),
        *without_models.result(),
        *pauses.result(),
        *journal.result(),
        *strategies.result(),
        *lessons.result(),
        *fragments.result(),
        telemetry.result(),
        *signals.result(),
        index.result(),
        *configuration.result(),
        _trust(root, setup),
        *editors.result(),
    )


def _installation(root: Path, setup: Setup) -> Iterator[Finding]:
    import understudy

    yield Finding("installation", "understudy", State.OK, understudy.__version__)
    python = f"{platform.python_version()}, {sys.executable}"
    yield Finding("installation", "python", State.OK, python)
    chosen = setup.settings.python.environment
    found = find_environment(root, chosen)
    if found is not None:
        text = f"{found.prefix}, {plural(len(installed(found)), 'module')}"
        yield Finding("installation", "environment", State.OK, text)
    elif chosen is not None:
        text = f"`python.environment` is `{chosen}`, where no packages are installed."
        remedy = "Set it to an environment's folder, or to the interpreter inside one."
        yield Finding("installation", "environment", State.PROBLEM, text, remedy)
    else:
        text = "No Python environment was found, so installed packages are not known."
        remedy = "Make one in the folder `.venv`, or set `python.environment`."
        yield Finding("installation", "environment", State.NOTE, text, remedy)


async def _checkers(view: View, setup: Setup) -> list[Finding]:
    """Each checker; a missing one is fatal where Understudy brings one and none looks at all."""
    checkers = list((all_checkers() | own_checkers(setup.settings)).values())
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_checker(checker, view, setup)) for checker in checkers]
    findings = [task.result() for task in tasks]
    served = {
        language
        for checker, finding in zip(checkers, findings, strict=True)
        if finding.state is State.OK and not checker.in_process
        for language in checker.languages
    }
    ours = {language for one in checkers if one.bundled for language in one.languages}
    return [
        _weighed(finding, lacking=bool(checker.languages & ours - served))
        for checker, finding in zip(checkers, findings, strict=True)
    ]


def _weighed(finding: Finding, *, lacking: bool) -> Finding:
    if finding.state is State.OK or not lacking:
        return finding
    return Finding(finding.topic, finding.subject, State.BROKEN, finding.text, finding.remedy)


async def _checker(checker: Checker, view: View, setup: Setup) -> Finding:
    settings = setup.settings.checker(checker.id)
    if not settings.enabled:
        text = "It is switched off in the settings."
        remedy = f"Set `checkers.{checker.id}.enabled` to true to use it."
        return Finding("checkers", checker.id, State.NOTE, text, remedy)
    if checker.applies and not await asyncio.to_thread(checker.applies, view, settings):
        text = "The folder is not configured for it."
        return Finding("checkers", checker.id, State.NOTE, text)
    try:
        async with asyncio.timeout(settings.timeout_s):
            found = await checker.locate(view, settings)
    except TimeoutError:
        text = f"It did not tell its version within {settings.timeout_s:g} s."
    except ToolMissingError as failure:
        text = str(failure)
    except UnavailableError as failure:
        remedy = f"Make it work in a shell, or set `checkers.{checker.id}.command`."
        return Finding("checkers", checker.id, State.NOTE, str(failure), remedy)
    else:
        return Finding("checkers", checker.id, State.OK, found)
    return Finding("checkers", checker.id, State.NOTE, text, _remedy(checker, settings, setup))


def _remedy(checker: Checker, settings: CheckerSettings, setup: Setup) -> str:
    if not setup.policy.may_run_tools:
        return "Trust the folder in your editor."
    if settings.command_from_workspace:
        return f"`understudy trust --command {checker.id}` lets the workspace's command run."
    if settings.command:
        return f"Correct `checkers.{checker.id}.command`."
    return f"Install it where `PATH` finds it, or set `checkers.{checker.id}.command`."


def _models(setup: Setup) -> Iterator[Finding]:
    """The models that the settings name; of the others, how many each provider has."""
    settings = setup.settings
    chains = (*settings.model_routing.values(), settings.cascade.chain)
    named = {OFFLINE_MODEL, *settings.models, *(one for chain in chains for one in chain)}
    others: Counter[str] = Counter()
    for model in known_models(settings).values():
        if model.id in named:
            text = f"{model.cost_tier}, {model.locality}. {model.summary}"
            yield Finding("models", model.id, State.OK, text)
        else:
            others[model.provider] += 1
    for provider, count in others.items():
        text = f"{plural(count, 'more model')}; `understudy models` tells about them."
        yield Finding("models", provider, State.OK, text)


def _pauses() -> Iterator[Finding]:
    """Models that are left alone because their servers failed."""
    with contextlib.suppress(UnavailableError):
        for pause in read_pauses(journal_file()):
            subject = pause.model or pause.provider
            yield Finding("models", subject, State.NOTE, f"`{subject}` {pause.why}.")


def _worse() -> Iterator[Finding]:
    """Models that solve less than they did."""
    with contextlib.suppress(UnavailableError):
        for one in regressions(journal_file(), time.time_ns() // 1_000):
            remedy = f"`understudy stats --model {one.model} --days 7` tells more."
            yield Finding("models", one.model, State.PROBLEM, one.told, remedy)


def _strategies(setup: Setup) -> Iterator[Finding]:
    """What came of asking once more after failures, in one line."""
    with contextlib.suppress(UnavailableError):
        half_life = setup.settings.learning.half_life_days
        found = effects(journal_file(), Asked(), half_life, time.time_ns() // 1_000)
        if found:
            yield Finding("journal", "strategies", State.OK, summary(found))


def _signals(setup: Setup) -> Iterator[Finding]:
    """What the journal says that settings should be."""
    with contextlib.suppress(UnavailableError):
        yield from signal_findings(setup.settings)


def _index(root: Path, setup: Setup) -> Finding:
    if not setup.settings.context.index:
        text = "No index is kept, so models are shown less of the workspace."
        return Finding("index", str(root), State.NOTE, text, "Set `context.index` to true.")
    figures = figures_of(root)
    if not figures["scan"]:
        text = "Not made yet: an editor makes it when it opens a file, or `understudy index`."
        return Finding("index", str(root), State.OK, text)
    megabytes = figures["bytes"] / 1_000_000
    text = f"{plural(figures['files'], 'file')}, {plural(figures['definitions'], 'definition')}"
    return Finding("index", str(root), State.OK, f"{text}, {megabytes:.1f} MB")


def _configuration(root: Path, setup: Setup) -> Iterator[Finding]:
    for path in (config_file(), root.joinpath(*WORKSPACE_FILE)):
        text = "read" if path.is_file() else "not there; the defaults count"
        if wrong := sum(one.path == path for one in setup.problems):
            text += f", with {plural(wrong, 'problem')}"
        yield Finding("configuration", str(path), State.NOTE if wrong else State.OK, text)
    for problem in setup.problems:
        subject = str(problem.path) if problem.path is not None else problem.layer.value
        remedy = f"Write `{problem.suggestion}` instead." if problem.suggestion else ""
        yield Finding("configuration", subject, State.PROBLEM, problem.message, remedy)


def _trust(root: Path, setup: Setup) -> Finding:
    match setup.policy.trust:
        case Trust.TRUSTED:
            return Finding("trust", str(root), State.OK, "trusted: its own tools may run")
        case Trust.RESTRICTED:
            text = "restricted: tools from outside look at it, nothing inside it is run"
            remedy = "`understudy trust` lets its own tools run."
            return Finding("trust", str(root), State.NOTE, text, remedy)
        case Trust.UNTRUSTED:
            text = "untrusted: it is parsed, and no tool runs"
            return Finding("trust", str(root), State.NOTE, text, "Trust it in your editor.")
