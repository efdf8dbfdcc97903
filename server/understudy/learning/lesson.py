"""One lesson: in which situation something went wrong, and what is done about it from then on.

A lesson says what a person can decide. How well it works is never part of it: that is reckoned from
the rows of the journal each time it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from understudy.core.failures import FailureCategory

Level = Literal["user", "workspace"]
RemedyKind = Literal[
    "prompt_fragment", "context_rule", "post_processor", "model_param", "routing_hint"
]
State = Literal["shadow", "active", "paused", "retired"]
"""`shadow` lessons are only tried; `active` ones are in use; `paused` ones wait for a person, and
`retired` ones are over and remembered."""
Review = Literal["waiting", "accepted", "rejected"]
LEVELS: tuple[Level, ...] = get_args(Level)
KINDS: tuple[RemedyKind, ...] = get_args(RemedyKind)
STATES: tuple[State, ...] = get_args(State)
REVIEWS: tuple[Review, ...] = get_args(Review)

MEASURED, BY_USER, BY_MODEL, BY_FILE, IMPORTED = "measured", "user", "model", "file", "imported:"
"""Where lessons come from; behind `imported:` stands a tag."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a lesson counts. An empty field stands for anything.

    Attributes:
        model: a model's id; `*` in it stands for anything.
        provider: a provider's id.
        language: a document's language id.
        task: a task's id.
        path_glob: of the document below the workspace folder, as `.gitignore` writes it.
        level: whether it is the user's own everywhere, or a workspace's.
    """

    model: str = ""
    provider: str = ""
    language: str = ""
    task: str = ""
    path_glob: str = ""
    level: Level = "user"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What went wrong. An empty field stands for anything.

    Attributes:
        fingerprint: see `understudy.failures.fingerprint`.
        code: of a provider or tool, such as `F821`.
        symbol: the module or name that it was about, for a failure about one alone.
    """

    category: FailureCategory
    code: str = ""
    fingerprint: str = ""
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is done about it.

    Attributes:
        body: for `prompt_fragment` the words for the prompt; for all others the name of a strategy,
            with an argument behind `=` where it takes one, such as `edit_format=search_replace`.
        is_ours: whether the body was put together from texts of Understudy alone.
    """

    kind: RemedyKind
    body: str
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson as its file has it.

    Attributes:
        id: the name of its file.
        source: `measured`, `user`, `model`, `file`, or `imported:` with a tag.
        attempts: ids of the runs or calls that it was learned from.
        created_us: microseconds since 1970 in UTC.
        state: what a person decided; evidence can make less of it, see `understudy.learning.standing`.
        review: whether a person agreed to it.
        path: of its file, for people.
    """

    id: str
    trigger: Trigger
    remedy: Remedy
    scope: Scope = field(default_factory=Scope)
    source: str = BY_USER
    attempts: tuple[str, ...] = ()
    created_us: int = 0
    state: State = "shadow"
    review: Review = "waiting"
    path: str = ""

    @property
    def is_trusted(self) -> bool:
        """Whether its words may stand in a prompt as they are: ours, or a person agreed to them."""
        return self.review == "accepted" or (self.remedy.is_ours and self.source == MEASURED)

    @property
    def is_over(self) -> bool:
        """Whether it was rejected, or is kept only to be remembered."""
        return self.review == "rejected" or self.state == "retired"


@dataclass(frozen=True, slots=True)
class Situation:
    """What a question is about, to be compared with scopes and triggers.

    Attributes:
        path: of the document below the workspace folder, with `/`; empty for one without a file.
        failures: `(category, code)` of what went wrong before in such situations, this run included.
        fingerprints: of what went wrong in this run.
    """

    model: str
    provider: str
    language: str
    task: str
    path: str = ""
    failures: frozenset[tuple[str, str]] = frozenset()
    fingerprints: frozenset[str] = frozenset()
