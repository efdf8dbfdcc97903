"""Arguments of commands and requests about lessons."""

from __future__ import annotations

import attrs

from understudy.lsp.described import described


@attrs.frozen
class LessonsArguments:
    """Whose lessons are meant."""

    uri: str | None = described(
        "A document, whose workspace is looked at; else the first folder.", default=None
    )


@attrs.frozen(kw_only=True)
class ReviewLessonArguments(LessonsArguments):
    """What is said of a lesson."""

    id: str = described("The lesson's id, or the beginning of it.")
    action: str = described(
        "`accept`, `edit`, `reject`, `pause`, `resume`, `remove`, `off_here` or `merge`."
    )
    words: str | None = described(
        "For `edit`: the new words; without them, the lesson's file is opened.", default=None
    )
    into: str | None = described("For `merge`: the lesson that stays.", default=None)


@attrs.frozen
class RememberRunArguments:
    """A run that failed first and went well in the end."""

    run_id: str = described("The run's id, that of a command, or the beginning of one.")
    words: str | None = described(
        "What to do next time, in a sentence; without it, the way of asking that solved it.",
        default=None,
    )


@attrs.frozen(kw_only=True)
class ContributeArguments(LessonsArguments):
    """What is to be handed over: first nothing, to see it; then its hash, to confirm it."""

    hash: str | None = described("Of the bytes that were shown: confirms just these.", default=None)
    upstream: str | None = described(
        "`OWNER/REPO` that gets them by a pull request; without it, nothing is sent.", default=None
    )
    fork: str | None = described(
        "Your fork of it: an address, or `OWNER/REPO`; goes with `upstream`.", default=None
    )


@attrs.frozen(kw_only=True)
class ImportLessonsArguments(LessonsArguments):
    """Lessons of others."""

    path: str = described("The file.")
    tag: str | None = described(
        "The name of the source; without it, that of the file.", default=None
    )
    dry_run: bool = described("Only show what would change.", default=False)


@attrs.frozen
class RevokeLessonsArguments:
    """Whose lessons are to go."""

    source: str = described(
        "The source's name, or at least eight digits of the SHA-256 of what was imported."
    )
