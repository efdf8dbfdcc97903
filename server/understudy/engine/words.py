"""What a model's words say about its own edit: weak evidence, and easily faked.

Only seven markers count, and the claim that nothing is wrong, whole and outside code, quotations
and thinking. A boast counts once
however often it is repeated, and never outweighs a hedge. Markers are English; prose in another
language, or without a marker, says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NEUTRAL = 0.5

_HIGH = re.compile(
    r"\b(?:i(?:'m| am) (?:(?:very|quite|really|fully|highly|totally|completely|absolutely) )?"
    r"confident|this will work|straightforward)\b"
)
_LOW = re.compile(r"\bi think\b|\bmight (?:not )?work\b|(?:\bnot|n't) entirely sure\b|\bassuming\b")
_DENIED = re.compile(
    r"\b(?:i(?:'m| am) (?:not|hardly|never) (?:\w+ ){0,2}confident|i'm no longer confident"
    r"|this (?:will not|won't) work)\b"
)
"""Denials that keep no high marker whole, so that looking left of a marker would miss them."""

_NO_FAULT = re.compile(
    r"\b(?:there(?:'s| is| are)|i (?:see|find|found)) no bugs?\b|\bno bugs? (?:here|to fix)\b"
    r"|\b(?:is|are|was|looks?|seems?) already correct\b|\bnothing (?:is wrong|to fix)\b"
    r"|\bno (?:change|fix)(?:e?s)? (?:is |are )?(?:needed|required|necessary)\b"
)
"""Whoever sees nothing to mend has not mended it: of such edits 35 % were right, of 51."""

_NEGATION = re.compile(
    r"\b(?:not|never|no|nor|neither|nothing|nobody|none|hardly|without|cannot|doubt|doubtful"
    r"|unsure|unlikely|whether|if|hope|hopefully|less|far from|anything but)\b|n't\b"
)
_NO_NEGATION = re.compile(
    r"\b(?:(?:there(?:'s| is)|i have) )?(?:no|without(?: a| any)?) (?:doubt|question|problem)s?\b"
    r"|\bnot (?:only|just)\b|\bno matter\b"
)
_REACH = 6
"""How many words before a marker a negation may stand."""

_TO_THE_USER = re.compile(
    r"(?:(?:so|also|and|but|or|now|then|finally|otherwise|alternatively)[, ]+)*"
    r"(?:(?:should|shall|can|may|could|would|must|do) i|(?:do|did|would|could|can|will|are|have) you"
    r"|(?:what|which|where|how|when|who)(?: \w+){0,3} (?:do|did|would|could|should|are|can) (?:you|i))\b"
)

_CLAUSE = re.compile(
    r"[,;:()\u2013\u2014]| -+ |\b(?:(?<!anything )but|however|although|though|because|since)\b"
    r"|\b(?:and|so) (?=(?:i|this|it|we|that|you)\b)"
)
_SENTENCE = re.compile(r"(?<=[.!?\u2026])\s+|(?<=[\u3002\uff01\uff1f])|\n")
_BULLET = re.compile(r"(?:[-*+\u2022]|#{1,6}|\d{1,3}[.)])\s+")

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u2032\u0060\u00b4\uff07", "'"))
_EMPHASIS = re.compile(r"\*+|~~|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_])")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TICKS = re.compile(r"`+")
_QUOTED = re.compile(
    r'"[^"\n]*"|\u201c[^\u201c\u201d\n]*\u201d|\u201e[^\u201e\u201c\u201d\n]*[\u201c\u201d]'
    r"|\u00ab[^\u00ab\u00bb\n]*\u00bb|(?<!\w)['\u2018][^'\u2018\u2019\n]{1,200}['\u2019](?!\w)"
)
_THINKING = re.compile(
    r"<(/?)(?:think(?:ing)?|thought|reason(?:ing)?|reflection|scratchpad|analysis|inner_monologue)"
    r"(?:\s[^<>]{0,200})?>",
    re.IGNORECASE,
)


def judge_words(prose: str) -> float:
    """0 for a hesitant model, 1 for a confident one, `NEUTRAL` when the words say neither."""
    high, low = set[str](), set[str]()
    for sentence in _sentences(_spoken(prose)):
        question = sentence.endswith(("?", "\uff1f"))
        if question and _TO_THE_USER.match(sentence):
            low.add("question")
        for clause in _CLAUSE.split(sentence):
            low |= _hedges(clause)
            if not question:
                boasts, denials = _boasts(clause)
                high |= boasts
                low |= denials
    if low:
        return max(0.0, NEUTRAL - 0.25 * len(low))
    return 1.0 if high else NEUTRAL


def _hedges(clause: str) -> set[str]:
    found = {one[0] for one in _LOW.finditer(clause) if not _is_negated(clause, one.start())}
    return found | {one[0] for one in _NO_FAULT.finditer(clause)}


def _boasts(clause: str) -> tuple[set[str], set[str]]:
    """The high markers of a clause, and those that it denies."""
    boasts, denials = set[str](), set[str]()
    for found in _HIGH.finditer(clause):
        (denials if _is_negated(clause, found.start()) else boasts).add(found[0])
    if denied := _DENIED.search(clause):
        denials.add(denied[0])
    return boasts, denials


def _is_negated(clause: str, at: int) -> bool:
    before = " ".join(clause[max(0, at - 120) : at].split()[-_REACH:])
    return _NEGATION.search(_NO_NEGATION.sub(" ", before)) is not None


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.split(text):
        if stripped := sentence.strip():
            yield stripped


def _spoken(prose: str) -> str:
    """The prose alone, in lower case with plain apostrophes: one line for each paragraph or item."""
    paragraphs: list[list[str]] = [[]]
    for line in _unfenced(_unthought(prose)):
        text = line.strip()
        bullet = _BULLET.match(text)
        if bullet or not text:
            paragraphs.append([])
        # Indented by four or more is code; a line after `>` is someone else's words.
        if not line.startswith(("    ", "\t", ">")):
            paragraphs[-1].append(text[bullet.end() :] if bullet else text)
    return "\n".join(_plain(" ".join(lines)) for lines in paragraphs if lines)


def _plain(paragraph: str) -> str:
    text = _QUOTED.sub(" ", _without_inline_code(paragraph))
    text = unicodedata.normalize("NFKC", _EMPHASIS.sub("", text.translate(_APOSTROPHES)))
    return " ".join(text.lower().split())


def _unthought(prose: str) -> str:
    """The prose outside thinking tags; an unclosed one reaches to the end, an unopened one back."""
    kept: list[str] = []
    cursor = 0
    thinks = False
    for tag in _THINKING.finditer(prose):
        if tag[1] and not thinks:
            kept.clear()
        elif not thinks:
            kept.append(prose[cursor : tag.start()])
        thinks = not tag[1]
        cursor = tag.end()
    if not thinks:
        kept.append(prose[cursor:])
    return " ".join(kept)


def _unfenced(prose: str) -> Iterator[str]:
    """The lines outside fenced code; an unclosed fence reaches to the end (CommonMark 4.5)."""
    fence = ""
    for line in re.split(r"\r\n|\n|\r", prose):
        marker = _FENCE.match(line)
        rest = line[marker.end() :] if marker else ""
        if fence:
            if marker and marker[1].startswith(fence) and not rest.strip():
                fence = ""
        elif marker and not (marker[1][0] == "`" and "`" in rest):
            fence = marker[1]
            yield ""
        else:
            yield line


def _without_inline_code(paragraph: str) -> str:
    """The text outside code spans; a run of backticks closes with one of its length (6.1)."""
    runs = list(_TICKS.finditer(paragraph))
    last = {len(run[0]): at for at, run in enumerate(runs)}
    kept: list[str] = []
    cursor = at = 0
    while at < len(runs):
        length = len(runs[at][0])
        if last[length] > at:
            kept.append(paragraph[cursor : runs[at].start()])
            at = next(other for other in range(at + 1, len(runs)) if len(runs[other][0]) == length)
            cursor = runs[at].end()
        at += 1
    return " ".join([*kept, paragraph[cursor:]])
