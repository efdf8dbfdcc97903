"""Requests and notifications of our own, beside the commands, for editors with our own client.

The reference and the protocol files of the clients are made from here. Only clients that say so among
their capabilities are sent the notifications: `"experimental": {"understudy": {"previews": true}}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import attrs

from understudy.lsp.consent_exchanges import Consents, SetConsentParams
from understudy.lsp.effectiveness_exchanges import Effectiveness
from understudy.lsp.extensions import EffectivenessArguments, StatsArguments, described
from understudy.lsp.lesson_exchanges import LESSON_REQUESTS, Influence, LessonSources
from understudy.lsp.run_exchanges import RunParams, RunReports, Runs, RunsParams
from understudy.lsp.stats_exchanges import StatsAnswer
from understudy.lsp.telemetry_exchanges import TELEMETRY_REQUESTS

AboutCode = Literal["explain", "review"]
ExplanationState = Literal["writing", "withdrawn", "finished", "failed"]


@attrs.frozen
class Nothing:
    """Nothing has to be said."""


@attrs.frozen
class ReadyParams:
    """Whose edits are asked for."""

    uri: str = described("The document.")


@attrs.frozen
class ReadyFile:
    """What a waiting edit does to a further file."""

    uri: str = described("The file.")
    new_uri: str | None = described("Where it is moved to.")
    before: str | None = described("Its text; none where the file is new.")
    after: str | None = described("Its text afterwards; none where it is deleted.")


@attrs.frozen
class ReadyReason:
    """One signal of the verdict on an edit."""

    signal: str = described("Its name.")
    evidence: str = described("What was found out, as a sentence.")
    value: float | None = described("1 speaks for the edit, 0 against it; none when unknown.")


@attrs.frozen
class ReadyEdit:
    """A verified edit that waits to be taken, for the document as it is now."""

    edit_id: str = described("Its id, for `understudy.take` and `understudy.discard`.")
    version: int = described("The version of the document that the positions belong to.")
    title: str = described("What it does, who wrote it and how sure that is.")
    told: str = described("What was checked and what it cost.")
    models: list[str] = described("Who wrote it.")
    score: float = described("How likely it is right, from 0 to 1.")
    band: Literal["auto", "confirm", "review", "block"] = described("How it is offered.")
    text_edits: list[Any] = described("LSP text edits of the document.")
    files: list[ReadyFile] = described("What becomes of further files; all of it or nothing.")
    reasons: list[ReadyReason] = described("What the verdict was reached by.")
    run_ids: list[str] = described("The runs that found it, for `understudy/run`.")
    influences: list[Influence] = described("The lessons that had a part in it.")
    others: list[str] = described("Models that can be asked for another edit, best first.")
    command: str = described("The command that asks again; with the member `model`, that model.")
    arguments: dict[str, Any] = described("Its argument.")


@attrs.frozen
class ReadyEdits:
    """The edits that wait for a document."""

    edits: list[ReadyEdit] = described("Oldest first.")


@attrs.frozen
class KeyPlace:
    """A key that models are reached with."""

    name: str = described("Its environment variable.")
    providers: list[str] = described("Who takes it.")
    there: bool = described("Whether the server has it.")


@attrs.frozen
class KeyPlaces:
    """The keys that there can be."""

    keys: list[KeyPlace] = described("By their names.")


@attrs.frozen
class SetKeyParams:
    """A key that the editor keeps. The server keeps it in memory alone."""

    name: str = described("The environment variable that it takes the place of.")
    key: str | None = described("The key; none takes it back.", default=None)


@attrs.frozen
class Work:
    """Something that is under way."""

    run_id: str = described("Its id, for `understudy.cancel`.")
    title: str = described("What it is.")
    uri: str = described("The document; empty for none.")
    asked: bool = described("Whether somebody asked for it and waits for it.")


@attrs.frozen
class Status:
    """What a status bar shows. Sent when it changes, to clients that say `"status": true`."""

    work: list[Work] = described("What is under way.")
    model: str = described("Who is asked for a fix after the offline model, or else that one.")
    spent_today_usd: float = described("What was spent today, in US dollars; days are UTC's.")
    per_day_usd: float | None = described("The most that may be spent in a day.")


@attrs.frozen
class ReadyChanged:
    """The waiting edits of a document are others now. Sent to clients that say `"previews": true`."""

    uri: str = described("The document.")
    edit_ids: list[str] = described("The edits that wait.")


@attrs.frozen
class Preview:
    """An edit is to be shown to the user, who takes it or not.

    Sent to clients that say `"previews": true`; others are asked with LSP's own means.
    """

    uri: str = described("The document.")
    edit_id: str = described("The edit, one of `understudy/readyEdits`.")
    told: str = described("What was checked, by whom, and what it cost.")


@attrs.frozen
class Explanation:
    """An explanation or a review, or what there is of it. Each one takes the place of the one before.

    Sent to clients that say `"experimental": {"understudy": {"explanations": true}}` among their
    capabilities, several times in a run. To others, a finished explanation is shown as a document, and
    what a review found is said in a message; its findings are published as diagnostics in any case.
    """

    run_id: str = described("The run.")
    task: AboutCode = described("What was asked for.")
    place: str = described("What it is about, for people: `basket.py, lines 1 to 5`.")
    state: ExplanationState = described(
        "`writing`: a part of an answer that may still fail. `withdrawn`: that answer failed, and the"
        " next model may follow. `finished` and `failed`: nothing more comes."
    )
    text: str = described("Markdown without links, pictures and HTML; empty where there is none.")
    model: str = described("The model that writes it; empty as long as none does.")
    note: str = described("What it cost and what was sent, or what went wrong; may be empty.")


EXPLANATION = "understudy/explanation"
READY_CHANGED, PREVIEW = "understudy/readyChanged", "understudy/preview"
STATUS = "understudy/status"

NOTIFICATIONS: dict[str, type[Any]] = {
    EXPLANATION: Explanation,
    PREVIEW: Preview,
    READY_CHANGED: ReadyChanged,
    STATUS: Status,
}
"""What the server sends by itself, by its method."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a request takes and answers, and what it is for."""

    params: type[Any]
    result: type[Any]
    summary: str


REQUESTS: dict[str, Exchange] = {
    "understudy/readyEdits": Exchange(
        ReadyParams, ReadyEdits, "The verified edits that wait for a document, as it is now."
    ),
    "understudy/runs": Exchange(RunsParams, Runs, "The newest runs of the journal."),
    "understudy/run": Exchange(RunParams, RunReports, "A run with everything that hangs on it."),
    "understudy/stats": Exchange(StatsArguments, StatsAnswer, "How each model does."),
    "learning/effectiveness": Exchange(
        EffectivenessArguments,
        Effectiveness,
        "How much each way to ask once more after a failure helps.",
    ),
    **{method: Exchange(*one) for method, one in (LESSON_REQUESTS | TELEMETRY_REQUESTS).items()},
    "learning/sources": Exchange(Nothing, LessonSources, "Where lessons of others come from."),
    "understudy/consents": Exchange(
        Nothing, Consents, "Who may see the code of the workspace folders."
    ),
    "understudy/setConsent": Exchange(
        SetConsentParams,
        Nothing,
        "Gives leave to send a folder's code to a provider, or takes it back.",
    ),
    "understudy/keys": Exchange(Nothing, KeyPlaces, "Which keys there can be."),
    "understudy/setKey": Exchange(
        SetKeyParams, Nothing, "Hands over a key that the editor keeps, or takes it back."
    ),
}
"""What clients may ask, by the method."""
