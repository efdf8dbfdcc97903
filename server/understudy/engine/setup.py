"""Settings and policy of one workspace folder, as the files and the editor have them now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from understudy.checkers import all_checkers
from understudy.edit_formats import all_edit_formats
from understudy.engine.own_checkers import doubts_about_checkers
from understudy.engine.task_names import slips_in_tasks
from understudy.models.chains import doubts_about_chains
from understudy.models.described import (
    contradictions,
    doubts_about_addresses,
    half_priced,
    unplaced,
    why_unplaced,
)
from understudy.models.registry import all_ids, find_model, known_models
from understudy.models.vendors import origins_in
from understudy.providers import known_providers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from understudy.config.known import Known, Remark
    from understudy.config.layers import Resolved
    from understudy.config.policy import Policy
    from understudy.config.problems import ConfigProblem
    from understudy.config.settings import Settings


@dataclass(frozen=True, slots=True)
class Setup:
    """What counts for the documents of a folder, and what is wrong with its configuration."""

    resolved: Resolved
    policy: Policy
    problems: tuple[ConfigProblem, ...]

    @property
    def settings(self) -> Settings:
        """The settings alone."""
        return self.resolved.settings


def known_ids() -> Known:
    """The ids that settings may name."""
    from understudy.config.known import Known

    return Known(
        checkers=lambda: tuple(all_checkers()),
        providers=known_providers,
        models=all_ids,
        is_model=lambda settings, model: find_model(settings, model) is not None,
        remarks=_remarks,
    )


def known_ids_and_keys() -> Known:
    """As `known_ids`; keys that settings name and that are not there are hinted at besides.

    No key is read for that.
    """
    return replace(known_ids(), remarks=lambda each: [*_remarks(each), *_missing_keys(each)])


def _missing_keys(settings: Settings) -> Iterator[Remark]:
    from understudy.config.known import Remark
    from understudy.wire.keys import is_there, parse_reference

    for provider, own in settings.providers.items():
        named = parse_reference(own.key) if own.key else None
        if named is not None and is_there(own.key) is False:
            what = "a file that is not there"
            if named.kind == "env":
                what = "an environment variable that is not set here"
            clause = f"names {what}, so its models are not asked"
            yield Remark(("providers", provider, "key"), clause, is_hint=True)


def _remarks(settings: Settings) -> Collection[Remark]:
    from understudy.config.known import Remark

    return [
        *(Remark(path, clause) for path, clause in doubts_about_checkers(settings)),
        *(
            Remark(("models", model, "edit_format"), "names no edit format, so one is chosen")
            for model, own in settings.models.items()
            if own.edit_format and own.edit_format not in all_edit_formats()
        ),
        *(
            Remark(("providers", provider, "base_url"), clause)
            for provider, clause in doubts_about_addresses(settings)
        ),
        *(Remark(("models", model), why_unplaced(model, settings)) for model in unplaced(settings)),
        *(
            Remark(("models", model, "cost_tier"), clause)
            for model, clause in contradictions(settings)
        ),
        *(Remark(path, clause, is_hint=True) for path, clause in half_priced(settings)),
        *(
            Remark(doubt.path, doubt.clause, (doubt.place, doubt.name), doubt.meant)
            for doubt in doubts_about_chains(settings)
        ),
        *slips_in_tasks(settings),
    ]


def set_up(
    root: Path | None,
    editor: object = None,
    *,
    editor_trust: bool | None = None,
    doubtful: bool = False,
) -> Setup:
    """Read the configuration and the trust record for a folder. Reads files; never raises.

    Args:
        root: the workspace folder; None for documents outside any.
        editor: the editor's settings as decoded JSON.
        editor_trust: what the editor says about the folder; None when it says nothing.
        doubtful: whether the folder may have had a hand in the editor's settings.
    """
    from understudy.config.layers import resolve
    from understudy.config.source import load_sources
    from understudy.config.trust import load_record, policy_for

    resolved = resolve(load_sources(root, editor, doubtful=doubtful), known_ids(), root)
    # The registry reads files when it is first asked, and then the event loop may not wait.
    known_models(resolved.settings)
    record, broken = load_record()
    policy = policy_for(
        root,
        editor_trust=editor_trust,
        record=record,
        settings=resolved.settings,
        origins=origins_in(resolved.settings),
    )
    problems = (*resolved.problems, broken) if broken is not None else resolved.problems
    return Setup(resolved, policy, problems)
