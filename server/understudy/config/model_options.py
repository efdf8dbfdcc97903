"""What a person may write about models and those who serve them."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from understudy.config.schema import Choice, Described, Table
from understudy.config.settings import (
    HIGHEST_TEMPERATURE,
    ModelSettings,
    NetworkSettings,
    ProviderSettings,
)

_PROVIDER = ProviderSettings()
_MODEL = ModelSettings()
_NETWORK = NetworkSettings()

_REFERENCE = re.compile(r"\{(?:env|file|keyring|command):[^{}\s][^{}]*\}")
_VERSION = re.compile(r"api-version=[\w.-]+")
"""The one query that an address needs: Azure's."""
_SECRET_HEADER = re.compile(r"auth|key|token|secret|cookie|password", re.IGNORECASE)


def _reference(text: str) -> str:
    if text and not _REFERENCE.fullmatch(text):
        raise ValueError("a key itself never stands in a file")
    return text


def _header(text: str) -> str:
    if any(not character.isprintable() for character in text):
        raise ValueError("it may not hold control characters")
    return text


def _address(text: str) -> str:
    if text:
        check_address(text, ("http", "https"))
    return text.rstrip("/")


def _proxy(text: str) -> str:
    if text:
        check_address(text, ("http", "https", "socks5", "socks5h"))
    return text


def check_address(text: str, schemes: tuple[str, ...]) -> None:
    """Refuse all but what names a place: a password or a token in it would be a key in a file.

    Raises:
        ValueError: what is wrong with it.
    """
    parts = urlsplit(text)
    if parts.scheme not in schemes or not parts.hostname or parts.port == 0:
        raise ValueError(f"it must begin with {' or '.join(f'{each}://' for each in schemes)}")
    harmless = not parts.query or _VERSION.fullmatch(parts.query)
    if "@" in parts.netloc or not harmless or parts.fragment or re.search(r"[\s\\]", text):
        raise ValueError("it may hold no user name, password, query, fragment or white space")


def is_secret_header(name: str) -> bool:
    """Whether the value of a header of this name is probably a secret."""
    return _SECRET_HEADER.search(name) is not None


def is_reference(text: str) -> bool:
    """Whether a text refers to a secret that lies elsewhere."""
    return _REFERENCE.fullmatch(text) is not None


Address = Annotated[str, AfterValidator(_address), Described("a URL")]
Effort = Annotated[str, Choice(("none", "minimal", "low", "medium", "high"))]
Header = Annotated[str, AfterValidator(_header)]
Kind = Annotated[str, Choice(("openai", "openai-responses", "anthropic", "gemini", "ollama"))]
KeyReference = Annotated[
    str,
    AfterValidator(_reference),
    Described(
        "a reference such as `{env:ACME_API_KEY}`, `{file:…}`, `{keyring:…}` or `{command:…}`,"
        " never the key itself",
        secret=True,
    ),
]
Proxy = Annotated[str, AfterValidator(_proxy), Described("a URL")]
Price = Annotated[float, Field(ge=0, le=10_000)]
Reliability = Annotated[str, Choice(("high", "medium", "low"))]
Seconds = Annotated[float, Field(ge=0.1, le=600)]
Tier = Annotated[str, Choice(("free", "economy", "standard", "premium"))]
Tokens = Annotated[int, Field(ge=256, le=100_000_000)]


class ProviderOptions(Table):
    """A vendor, or a server of one's own."""

    enabled: bool = Field(default=_PROVIDER.enabled, description="Ask models of this provider.")
    kind: Kind = Field(
        default=_PROVIDER.kind, description="The API that it speaks. Empty: what is known of it."
    )
    base_url: Address = Field(
        default=_PROVIDER.base_url,
        description="Where it is reached: `http://127.0.0.1:8000/v1`. Empty: what is known of it.",
    )
    key: KeyReference = Field(
        default=_PROVIDER.key,
        description=(
            "Where its key is found. Empty: its usual environment variable, which is never sent over"
            " plain `http` to another machine."
        ),
    )
    headers: dict[str, Header] = Field(
        default_factory=dict,
        description="Sent in addition, by name. The value of a secret one must be a reference.",
    )
    concurrency: Annotated[int, Field(ge=1, le=64)] = Field(
        default=_PROVIDER.concurrency, description="How many calls may be on their way at once."
    )


class ModelOptions(Table):
    """What is known about one model. What is left out comes from the catalogue."""

    enabled: bool = Field(default=_MODEL.enabled, description="Ask this model.")
    provider: str = Field(
        default=_MODEL.provider,
        description="Its provider's id. Empty: what stands before the first `/` of the model's id.",
    )
    name: str = Field(
        default=_MODEL.name,
        description="The provider's own name for it. Empty: the rest of the id.",
    )
    aliases: list[str] = Field(default_factory=list, description="Other ids that mean this model.")
    context_window: Tokens | None = Field(
        default=_MODEL.context_window, description="Tokens of prompt and answer together."
    )
    max_output: Tokens | None = Field(
        default=_MODEL.max_output, description="Tokens of one answer."
    )
    cost_tier: Tier = Field(
        default=_MODEL.cost_tier, description="What it costs, roughly. Empty: by its price."
    )
    capabilities: list[str] | None = Field(
        default=None,
        description="What it can do, in place of what is known: `vision`, `structured-output` …",
    )
    structured_output_reliability: Reliability = Field(
        default=_MODEL.structured_output_reliability,
        description="How well its answers keep to a schema.",
    )
    price_in: Price | None = Field(
        default=_MODEL.price_in, description="US dollars for a million tokens of prompt."
    )
    price_out: Price | None = Field(
        default=_MODEL.price_out, description="US dollars for a million tokens of answer."
    )
    effort: Effort = Field(
        default=_MODEL.effort, description="How much it should think before it answers."
    )
    edit_format: str = Field(
        default=_MODEL.edit_format,
        description="How it writes edits. Empty: by what is known and measured about it.",
    )
    temperature: Annotated[float, Field(ge=0, le=HIGHEST_TEMPERATURE)] | None = Field(
        default=_MODEL.temperature, description="How much its answers vary."
    )


class NetworkOptions(Table):
    """How models are reached."""

    proxy: Proxy = Field(
        default=_NETWORK.proxy,
        description="The proxy's URL. Empty: what the environment says. Never used for loopback.",
    )
    connect_timeout_s: Seconds = Field(
        default=_NETWORK.connect_timeout_s, description="How long a connection may take."
    )
    first_token_timeout_s: Seconds = Field(
        default=_NETWORK.first_token_timeout_s,
        description="How long a model may take to begin its answer.",
    )
    idle_timeout_s: Seconds = Field(
        default=_NETWORK.idle_timeout_s,
        description="How long a model may be silent in the middle of its answer.",
    )
