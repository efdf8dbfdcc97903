"""What may be written about the record of runs."""

from __future__ import annotations

import re
from typing import Annotated, get_args

from pydantic import AfterValidator, Field

from understudy.config.journal_settings import ContentLevel, JournalSettings
from understudy.config.schema import Choice, Described, Table

_JOURNAL = JournalSettings()
_OWNER = re.compile(r"[\w@.+-]{0,64}", re.ASCII)
_REFERENCE = r"\{(?:env|file|keyring|command):[^{}]+\}"
_ADDRESS = re.compile(rf"postgres(?:ql)?://\S+|\w+ *=.+|{_REFERENCE}")
_WITHOUT_PASSWORD = re.compile(r"(?!postgres(?:ql)?://[^/@{}]*:)(?!.*password *= *(?!\{)\S).*")


def _address(text: str) -> str:
    text = text.strip()
    if text and not _ADDRESS.fullmatch(text):
        raise ValueError(
            "it must begin with `postgresql://`, or be a reference such as `{env:NAME}`"
        )
    without_references = re.sub(rf":{_REFERENCE}@", "@", text)
    if not _WITHOUT_PASSWORD.fullmatch(without_references):
        raise ValueError("its password must be a reference such as `{env:NAME}`")
    return text


def _owner(text: str) -> str:
    if not _OWNER.fullmatch(text):
        raise ValueError("it must be one word of up to 64 letters, digits and `@.+-_`")
    return text


_Address = Annotated[
    str,
    AfterValidator(_address),
    Described("an address whose password is a reference such as `{env:NAME}`"),
]
_Owner = Annotated[str, AfterValidator(_owner), Described("a name")]
_Content = Annotated[str, Choice(get_args(ContentLevel))]


class JournalOptions(Table):
    """The record of runs, kept on this machine."""

    enabled: bool = Field(default=_JOURNAL.enabled, description="Record runs.")
    keep_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=_JOURNAL.keep_days,
        description="Days after which a run is forgotten. The sums of its day stay.",
    )
    max_mb: Annotated[int, Field(ge=10, le=1_000_000)] = Field(
        default=_JOURNAL.max_mb,
        description="Megabytes above which the oldest days are forgotten. Their sums stay.",
    )
    content: _Content = Field(
        default=_JOURNAL.content,
        description=(
            "What is kept of prompts, replies and edits. `metrics`: nothing. `redacted`: their text"
            " without paths, addresses and names of persons and machines. `full`: their text. Secrets"
            " are never kept."
        ),
    )
    content_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=_JOURNAL.content_days,
        description="Days after which these texts are forgotten.",
    )
    postgres: _Address = Field(
        default=_JOURNAL.postgres,
        description=(
            "The PostgreSQL database of a team to which runs are copied, such as"
            " `postgresql://me:{env:TEAM_PASSWORD}@db.example/understudy`. Empty: none."
        ),
    )
    postgres_content: _Content = Field(
        default=_JOURNAL.postgres_content,
        description=(
            "What is copied there. `metrics`: numbers, ids and fixed words. `redacted`: texts that are"
            " kept in this form as well. `full`: all texts that are kept, and names of files."
        ),
    )
    owner: _Owner = Field(
        default=_JOURNAL.owner,
        description="Whose runs they are called there, a name of your choice. Empty: nobody's.",
    )
