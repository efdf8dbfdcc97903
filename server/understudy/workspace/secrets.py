"""Secrets in text: find them, mask them, put them back.

The rules are the prefixes and lengths that the vendors document for their tokens, private keys in
PEM armour, JSON Web Tokens and passwords in URLs. Nothing is guessed from entropy, so ordinary
code has no hits. A rule's pattern runs only on a text that holds its keyword, and no pattern
backtracks over more than a bounded number of characters.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from understudy.core.text import Span
from understudy.workspace.token_formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret; `kind` names the vendor or format in lower case, without spaces."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its secrets.

    Attributes:
        replacements: each mask in `text` with the secret that it stands for.
    """

    text: str
    replacements: Mapping[str, str]


_PEM = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
    r"(?P<body>(?:[^-]|-(?!----))*+)(?P<end>-----END [A-Z0-9 ]{1,60}-----)?"
)
_PEM_LINE = re.compile(r"[A-Za-z0-9+/]{40,}+={0,2}")
_PEM_PIECE = re.compile(r"[A-Za-z0-9+/]{16,}+={0,2}")
"""The last line of a key is shorter than the others."""

_URL = re.compile(
    r"://(?<=[A-Za-z0-9]://)"
    r"(?P<user>[^\s:/?#@\"'<>`\\]{0,100}):"
    r"(?P<password>[^\s/?#@\"'<>`\\]{3,200})@"
    r"(?P<host>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])"
)
_PLACEHOLDER = re.compile(
    r"(?i)[$%{*\[(].*|.*[})\]]|(?:my|your|the|some|test|user|db)?[_-]?"
    r"(?:pass(?:w(?:or)?d)?|pwd|pw|secret|token|key|credentials?)[_-]?(?:here|\d{0,3})"
    r"|change[_-]?me|redacted|hidden|removed|placeholder|example|dummy|foo|bar|baz|abc|xyz|[x.*_-]+"
)
_EXAMPLE_HOST = re.compile(
    r"(?i)(?:.*\.)?(?:example(?:\.(?:com|org|net|edu))?|test|invalid)|host(?:name)?"
)

_MASK = re.compile(r"<secret:[a-z0-9-]+:[0-9a-f]{4,64}>")
_SCRAP = re.compile(r"(?i)\bsecret:[a-z0-9-]+:[0-9a-f]{4,64}|<secret:")
_SHORTEST = 8
"""A shorter key would have hits in ordinary words."""
_remembered: dict[str, None] = {}


def remember_secret(value: str) -> None:
    """Count a text as a secret wherever it stands, from now on and in this process."""
    if len(value) >= _SHORTEST:
        _remembered[value] = None


def find_secrets(text: str, known: Mapping[str, str] | None = None) -> tuple[Secret, ...]:
    """The secrets of a text, in order and without overlaps; those that overlap become one.

    Args:
        text: any text.
        known: texts that are secrets wherever they stand, each with its kind, beside those that
            `remember_secret` was told.
    """
    values = dict.fromkeys(tuple(_remembered), "key") | dict(known or {})
    found = [*_tokens(text), *_private_keys(text), *_url_passwords(text), *_known(text, values)]
    found.sort(key=lambda secret: (secret.span.start, -len(secret.span), secret.kind))
    kept: list[Secret] = []
    for secret in found:
        if not kept or kept[-1].span.end <= secret.span.start:
            kept.append(secret)
        else:
            kept[-1] = _together(kept[-1], secret)
    return tuple(kept)


def mask(text: str) -> Masked:
    """The text with each secret replaced by `<secret:kind:digest>`.

    A secret has the same mask in every text, but where two would share one, or where the text
    holds the mask already: those get more digits of their SHA-256.
    """
    (masked,), replacements = mask_all((text,))
    return Masked(masked, replacements)


def mask_all(texts: Sequence[str], shown: str = "") -> tuple[tuple[str, ...], Mapping[str, str]]:
    """Texts that are read together and by nobody who read others: see `Masks.mask_all`."""
    return Masks().mask_all(texts, shown)


class Masks:
    """The masks of all that one run says to models: a secret keeps its own to the end.

    So what a model is told about a mask holds for the texts that it sees next. May be used from
    any thread.
    """

    def __init__(self) -> None:
        """No secret has a mask yet."""
        self._lock = Lock()
        self._names: dict[tuple[str, str], str] = {}

    def mask_all(
        self, texts: Sequence[str], shown: str = ""
    ) -> tuple[tuple[str, ...], Mapping[str, str]]:
        """Texts that are read together, masked so that no mask means two things.

        Args:
            texts: any texts.
            shown: a text of which they may show parts. The lines of a private key in it are secrets
                even where the key's first line is missing, and its own masks are no secret's.

        Returns:
            The masked texts, and each mask in them with the secret that it stands for.
        """
        known = _pieces(shown)
        with self._lock:
            held = {name for text in (*texts, shown) for name in find_masks(text)}
            spoken = [one for one, name in self._names.items() if name in held]
            held.update(self._names.values())
            used = dict.fromkeys(spoken)
            masked = tuple(self._masked(text, known, held, used) for text in texts)
            return masked, {self._names[what]: what[1] for what in used}

    def _masked(
        self,
        text: str,
        known: Mapping[str, str],
        held: set[str],
        used: dict[tuple[str, str], None],
    ) -> str:
        pieces: list[str] = []
        cursor = 0
        for secret in find_secrets(text, known):
            what = (secret.kind, secret.span.of(text))
            if what not in self._names:
                self._names[what] = _new_mask(*what, held)
                held.add(self._names[what])
            used[what] = None
            pieces += (text[cursor : secret.span.start], self._names[what])
            cursor = secret.span.end
        return "".join([*pieces, text[cursor:]])


def unmask(text: str, replacements: Mapping[str, str]) -> str:
    """The text with every known mask turned back; unknown ones stay for `find_masks`."""
    return _MASK.sub(lambda found: replacements.get(found[0], found[0]), text)


def find_masks(text: str) -> tuple[str, ...]:
    """The masks that a text holds. In an edit they are places where a secret got lost."""
    return tuple(_MASK.findall(text)) if "<secret:" in text else ()


def find_scraps(text: str) -> frozenset[str]:
    """What looks like damaged masks, in lower case: without their brackets, cut, in capitals."""
    return frozenset(found.lower() for found in _SCRAP.findall(_MASK.sub(" ", text)))


def _together(one: Secret, other: Secret) -> Secret:
    """Both as one, so that nothing of either is left, called as the longer of them. `one` is first."""
    longer = other if len(other.span) > len(one.span) else one
    return Secret(longer.kind, Span(one.span.start, max(one.span.end, other.span.end)))


def _pieces(text: str) -> dict[str, str]:
    """The secrets of a text and, of a private key, each of its lines, with their kinds."""
    found: dict[str, str] = {}
    for secret in find_secrets(text):
        value = secret.span.of(text)
        found[value] = secret.kind
        if secret.kind == "private-key":
            found |= dict.fromkeys(_PEM_PIECE.findall(value), secret.kind)
    return found


def _known(text: str, values: Mapping[str, str]) -> Iterator[Secret]:
    for value, kind in values.items():
        start = text.find(value)
        while start >= 0:
            yield Secret(kind, Span(start, start + len(value)))
            start = text.find(value, start + len(value))


def _tokens(text: str) -> Iterator[Secret]:
    for rule in FORMATS:
        if rule.keyword not in text:
            continue
        for found in rule.pattern.finditer(text):
            if not _is_filler(found[1]):
                yield Secret(rule.kind, Span(*found.span(1)))


def _is_filler(token: str) -> bool:
    """Whether a token only shows its format, such as `ghp_xxxxxxxx…` or AWS's `…EXAMPLE`."""
    return "EXAMPLE" in token or len(set(token[-16:])) < 5


def _private_keys(text: str) -> Iterator[Secret]:
    if "PRIVATE KEY" not in text:
        return
    for found in _PEM.finditer(text):
        lines = [line.end() for line in _PEM_LINE.finditer(text, *found.span("body"))]
        if lines:
            end = found.end() if found["end"] else lines[-1]
            yield Secret("private-key", Span(found.start(), end))


def _url_passwords(text: str) -> Iterator[Secret]:
    if "://" not in text:
        return
    for found in _URL.finditer(text):
        password = found["password"]
        if password == found["user"] or _PLACEHOLDER.fullmatch(password):
            continue
        if not _EXAMPLE_HOST.fullmatch(found["host"]):
            yield Secret("url", Span(*found.span("password")))


def _new_mask(kind: str, value: str, held: Collection[str]) -> str:
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    while True:
        for length in range(4, len(digest) + 1):
            name = f"<secret:{kind}:{digest[:length]}>"
            if name not in held:
                return name
        digest = hashlib.sha256(digest.encode()).hexdigest()
