"""Resolved settings: frozen, complete, with built-in defaults.

What a person may write, and where, is in `understudy.config.options`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from understudy.config.context_settings import ContextSettings
from understudy.config.gate_settings import GateSettings as GateSettings
from understudy.config.journal_settings import JournalSettings as JournalSettings
from understudy.config.learning_settings import LearningSettings
from understudy.config.telemetry_settings import TelemetrySettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OFFLINE_MODEL = "builtin/rules"
CLOSED_PROXY = "closed"
"""In place of a proxy that was set to something unusable: nothing outside the machine is reached."""
HIGHEST_TEMPERATURE = 2
"""The highest one that a provider takes."""


class DefaultChain(tuple[str, ...]):
    """The models of a role that no layer mentions: the router may let others follow them."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class FixSettings:
    """Limits of one run."""

    timeout_s: float = 60.0
    max_candidates: int = 12
    """How many candidate edits are checked for one diagnostic."""
    unsafe: bool = True
    """Whether edits that a tool calls unsafe are tried; they must still be proved."""
    speculate: bool = False
    """Whether problems are worked on before anyone asks, by models that cost nothing."""
    speculate_after_s: float = 1.0


@dataclass(frozen=True, slots=True)
class CheckerSettings:
    """One checker. An empty command means: look for the tool."""

    enabled: bool = True
    command: tuple[str, ...] = ()
    timeout_s: float = 10.0
    command_from_workspace: bool = False
    """Whether the command was written in the workspace, so that it runs only once trusted."""
    languages: frozenset[str] = frozenset()
    """From here on, what only checkers of the user's own need: what they look at."""
    output: str = ""
    """`sarif` or `regex`."""
    pattern: str = ""
    """A regular expression for a line of output, with named groups."""
    stdin: bool = True
    """Whether the tool reads the text from its standard input, and not from a file."""
    severity: str = "warning"
    """That of findings which don't say it themselves."""
    is_type_checker: bool = False
    """Whether only its errors count."""

    @property
    def is_own(self) -> bool:
        """Whether this describes a whole checker, and not only how a built-in one is run."""
        readable = self.output == "sarif" or (self.output == "regex" and bool(self.pattern))
        return bool(self.command and self.languages and readable)


@dataclass(frozen=True, slots=True)
class TestSettings:
    """How tests are run. An empty command means: the usual runner of the language."""

    __test__ = False
    """Not a class of tests, as pytest would have it by its name."""

    command: tuple[str, ...] = ()
    timeout_s: float = 120.0
    command_from_workspace: bool = False
    """Whether the command was written in the workspace, so that it runs only once trusted."""

    @property
    def tool(self) -> CheckerSettings:
        """The command as that of a checker: it is found and trusted by the same rules."""
        return CheckerSettings(
            command=self.command,
            timeout_s=self.timeout_s,
            command_from_workspace=self.command_from_workspace,
        )


@dataclass(frozen=True, slots=True)
class ActionSettings:
    """What the code-action menu shows."""

    enabled: bool = True
    hide: frozenset[str] = frozenset()
    """Ids of tasks that the menu leaves out; their commands still work."""
    code_lens: bool = False
    """Whether a line above each edit that was taken says what was proved."""


@dataclass(frozen=True, slots=True)
class PythonSettings:
    """Where the workspace's packages are looked up. Empty: `.venv`, `venv`, `env`, then `PATH`."""

    environment: Path | None = None


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """A vendor or a server of one's own. Empty fields: what Understudy knows about the provider.

    Attributes:
        kind: the API family: `openai`, `openai-responses`, `anthropic`, `gemini`, `ollama`.
        key: a reference such as `{env:ACME_KEY}`, never the key itself.
        concurrency: how many calls may be on their way at once.
    """

    enabled: bool = True
    kind: str = ""
    base_url: str = ""
    key: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    concurrency: int = 4


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What a person says about one model. None and empty: what the catalogue says.

    Attributes:
        provider: the provider's id, where the model's own id does not begin with it.
        name: the provider's own name for it.
        price_in: US dollars for a million tokens of prompt; `price_out` for the answer.
    """

    enabled: bool = True
    provider: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()
    context_window: int | None = None
    max_output: int | None = None
    cost_tier: str = ""
    capabilities: frozenset[str] | None = None
    structured_output_reliability: str = ""
    price_in: float | None = None
    price_out: float | None = None
    effort: str = ""
    edit_format: str = ""
    temperature: float | None = None


@dataclass(frozen=True, slots=True)
class CascadeSettings:
    """When the next model takes over, and how far that may go."""

    enabled: bool = True
    fallback_model: str = ""
    chain: tuple[str, ...] = ()
    max_failures_before_escalate: int = 3
    escalate_on_categories: frozenset[str] = frozenset({"capability_mismatch", "context_overflow"})
    """Categories after which the first failure is enough."""
    cooldown_seconds: float = 300.0
    max_total_attempts: int = 12
    max_extra_cost_usd: float = 0.50
    ask_above_usd: float = 0.10
    restore_primary: str = "afterCooldown"
    max_wait_s: float = 2.0
    """The longest wait for the same model when a provider asks for one; else the next is asked."""
    hedge: bool = True
    """Whether a model that is silent for longer than it usually is gives way to the next."""
    hedge_after_s: float = 4.0
    """How long a model may be silent of which nothing is known yet."""
    actions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What to do by category, where it differs from the built-in table."""


@dataclass(frozen=True, slots=True)
class FailureSettings:
    """What the user says about failures.

    Attributes:
        rules: categories by the text that stands for them (`understudy.failures.own`).
    """

    rules: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class BudgetSettings:
    """What may be spent, in US dollars; None is no limit. Local and free models don't count."""

    per_request_usd: float | None = 0.50
    per_day_usd: float | None = 5.0
    per_month_usd: float | None = 50.0
    per_provider_usd: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """By provider, each month."""
    at_cap: str = "stop"
    """`stop`, `ask`, or `downgrade` to models that cost nothing."""


@dataclass(frozen=True, slots=True)
class RoutingSettings:
    """How models are chosen where no chain says it."""

    strategy: str = "balanced"
    """`quality-first`, `balanced`, `cost-optimized` or `learned`."""
    exploration: float = 0.0
    """The share of requests of low risk that ask a model of which little is known first."""


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """How models are reached."""

    proxy: str = ""
    connect_timeout_s: float = 5.0
    first_token_timeout_s: float = 30.0
    idle_timeout_s: float = 20.0


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """What models may not see: patterns as `.gitignore` has them, from the workspace folder."""

    exclude: tuple[str, ...] = ()
    """Files that no model sees, wherever it runs."""
    local_only: tuple[str, ...] = ()
    """Files that only models on this machine may see."""


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """What is kept on this machine to ask less often."""

    replies: bool = True
    max_mb: int = 256


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. An instance never changes; a change makes a new one."""

    gate: GateSettings = field(default_factory=GateSettings)
    fix: FixSettings = FixSettings()
    actions: ActionSettings = ActionSettings()
    journal: JournalSettings = field(default_factory=JournalSettings)
    python: PythonSettings = PythonSettings()
    checkers: Mapping[str, CheckerSettings] = field(default_factory=lambda: MappingProxyType({}))
    model_routing: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType({"debugging": DefaultChain((OFFLINE_MODEL,))})
    )

    providers: Mapping[str, ProviderSettings] = field(default_factory=lambda: MappingProxyType({}))
    models: Mapping[str, ModelSettings] = field(default_factory=lambda: MappingProxyType({}))
    cascade: CascadeSettings = CascadeSettings()
    failures: FailureSettings = FailureSettings()
    budget: BudgetSettings = BudgetSettings()
    routing: RoutingSettings = RoutingSettings()
    network: NetworkSettings = NetworkSettings()
    cache: CacheSettings = CacheSettings()
    privacy: PrivacySettings = PrivacySettings()
    tests: TestSettings = TestSettings()
    context: ContextSettings = field(default_factory=ContextSettings)
    learning: LearningSettings = field(default_factory=LearningSettings)
    telemetry: TelemetrySettings = field(default_factory=TelemetrySettings)

    def checker(self, checker_id: str) -> CheckerSettings:
        """The settings of one checker, by its id."""
        return self.checkers.get(checker_id, CheckerSettings())

    def model(self, model_id: str) -> ModelSettings:
        """The settings of one model, by its id."""
        return self.models.get(model_id, ModelSettings())
