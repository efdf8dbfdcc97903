"""What words of strangers must not hold, whoever accepts them later. Every pattern is bounded."""

from __future__ import annotations

import re
import unicodedata

from understudy.learning.public_names import is_public_name, is_word
from understudy.learning.redacting import MASK

_TOP = (
    "com|net|org|io|dev|sh|ai|app|co|ru|cn|xyz|info|me|biz|eu|de|fr|uk|us|nl|es|ch|at|be|se|dk|fi|cz|pt"
    "|gr|hu|ro|ua|jp|kr|br|mx|ca|au|nz|za|tr|ir|il|su|tk|ml|ga|cf|gq|gg|ws|tv|ly|zip|mov|tech|online|club"
    "|website|icu|click|bid|loan|xn--[a-z0-9-]{1,59}"
)
"""Ends of domains that are hardly ever attributes or endings of source files."""
_ADDRESS = re.compile(
    r"(?i)[a-z][a-z0-9+.-]{0,20}:(?://|[a-z0-9]*\?)|\bwww\.|\blocalhost\b"
    r"|\b(?:command|javascript|data|file|vscode|https?|ftp|mailto|tel|sms):\S"
    rf"|[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,4}}\.(?:{_TOP})\b|\bdot\s{{1,4}}(?:{_TOP})\b"
    r"|\b[a-z][\w-]{0,62}\.[a-z][\w-]{0,62}/\w|[\w\]]:[0-9]{2,5}/|\[[0-9a-f:]{2,39}\]/"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|\S@\S{1,200}\.\w"
)
_RUNS_CODE = (
    "node|deno|bun|perl|ruby|php|lua|python3?|base64|osascript|cmake|make|(?:ba|z|da|fi)?sh"
)
_HAS_COMMANDS = "git|gh|glab|docker|podman|kubectl|helm|terraform|systemctl|aws|gcloud|crontab|uvx|npx|bunx|pipx|deno"
_INSTALLS = (
    "pip3?|npm|pnpm|yarn|bun|uv|poetry|pdm|hatch|conda|mamba|cargo|gem|brew|apt|apt-get|go|make"
)
_COMMAND = re.compile(
    r"(?i)\b(?:curl|wget|sudo|chmod|chown|powershell|pwsh|cmd\.exe|invoke-expression|iex|nc|ssh|scp)\b"
    r"|\b(?:mkfs|xdg-open)\b|\bdd\s{1,4}\w{1,8}=|\b(?:rm|del|rmdir|format)\s{1,4}[-/]"
    rf"|\b(?:{_RUNS_CODE})\s{{1,4}}-|\b(?:{_HAS_COMMANDS})\s{{1,4}}[a-z@.-]"
    rf"|\b(?:{_INSTALLS})\s{{1,4}}(?:i|install|add|get|exec|run|sync)\b"
    r"|\$\(|&&|\|\||\|\s{0,4}(?:ba|z)?sh\b|^\s{0,8}[$>#]\s|\b(?:os\.system|subprocess|eval|exec)\s{0,4}[.(]"
)
_TO_DO = re.compile(
    r"(?i)\b(?P<verb>run|execute|launch|open|visit|download|install|uninstall)\s{1,4}"
    r"[`'\"(]{0,2}(?P<what>[^\s`'\")]{1,80})"
)
_FETCHES = frozenset({"download", "install", "uninstall"})
_MARKUP = re.compile(r"<[A-Za-z!/?]|\]\s{0,4}\(|!\[|\{\{|\}\}|```|~~~|<\|")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def objection(text: str) -> str:
    """Why words of strangers are not taken in at all; empty where they may wait for a review.

    They are material in any case: this keeps out what could harm the person who reads them, or who
    has an agent at hand that follows what it reads.
    """
    if any(unicodedata.category(char) in _UNSEEN for char in text):
        return "it holds characters that can't be seen"
    for pattern, what in (
        (_ADDRESS, "an address"),
        (_COMMAND, "a command"),
        (_MARKUP, "markup"),
    ):
        if pattern.search(text.replace(MASK, "")):
            return f"it holds {what}"
    if any(_is_program(found["verb"], found["what"]) for found in _TO_DO.finditer(text)):
        return "it holds a command"
    return ""


def _is_program(verb: str, what: str) -> bool:
    """Whether what is to be run, opened or fetched is more than a plain word, such as a program."""
    name = what.strip(".,;:!?")
    if not name or all(is_word(part) for part in name.lower().split("-")):
        return False
    return verb.lower() in _FETCHES or not is_public_name(name)
