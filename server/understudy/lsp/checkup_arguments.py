"""Arguments of the commands that tell how Understudy does, and what could be set otherwise."""

from __future__ import annotations

import attrs

from understudy.lsp.described import described


@attrs.frozen
class DoctorArguments:
    """What the doctor looks at."""

    uri: str | None = described("A document, whose workspace is looked at.", default=None)


@attrs.frozen
class ApplySignalArguments:
    """A signal that fired, whose setting is written into the user's configuration."""

    signal: str = described("Its id, such as `context_overflow_common`.")
    subject: str | None = described(
        "What it is about, such as a model, where it fired for several.", default=None
    )


@attrs.frozen
class GateReportArguments:
    """What is done beside the report."""

    refit: bool = described(
        "Also refit the coefficients now, and keep them if they are better.", default=False
    )
