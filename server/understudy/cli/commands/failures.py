"""`understudy failures`: what an error means, and what would be done about it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from understudy.cli import Command
from understudy.cli.failure_counts import print_stats
from understudy.cli.json_lines import json_object, lines_of
from understudy.cli.last_days import add_days
from understudy.core.failures import BadRequestError, Phase
from understudy.core.strict_json import strict_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from understudy.core.failures import Failure

_MOST_MB = 16
_STATUSES = range(100, 600)
_DIGITS = re.compile(r"[0-9]{3}", re.ASCII)


def _configure(parser: ArgumentParser) -> None:
    topics = parser.add_subparsers(title="topics", metavar="<topic>", required=True)
    classify = topics.add_parser(
        "classify", help="read errors as lines of JSON and print what each of them means"
    )
    classify.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="the lines; `-` is standard input"
    )
    classify.set_defaults(topic=_classify)
    stats = topics.add_parser("stats", help="print how often each kind of failure was seen")
    add_days(stats)
    stats.add_argument("--json", action="store_true", help="print one JSON object")
    stats.set_defaults(topic=print_stats)


def _run(arguments: Namespace) -> int:
    code: int = arguments.topic(arguments)
    return code


def _classify(arguments: Namespace) -> int:
    from understudy.failures.own import reclassified

    bad, rules = 0, _rules()
    with lines_of(arguments.file) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                failure = reclassified(_failure(line), rules)
            except BadRequestError as fault:
                bad += 1
                sys.stderr.write(f"understudy: line {number}: {fault}\n")
                # It has its place in the output as well, which can be laid beside the input.
                record: dict[str, object] = {"line": number, "error": str(fault)}
            else:
                record = _record(failure)
            sys.stdout.write(strict_json(record, ensure_ascii=False) + "\n")
    return 1 if bad else 0


def _rules() -> Mapping[str, str]:
    """The user's own rules, as they count in the current folder."""
    from understudy.cli.configured import configured_at

    return configured_at(Path.cwd()).settings.failures.rules


def _failure(line: bytes) -> Failure:
    """What one line means.

    Raises:
        BadRequestError: with a sentence about what is wrong with the line.
    """
    given = json_object(line, most_mb=_MOST_MB)
    phase = _phase(given)
    if "provider" in given:
        return _reply(given, phase or "request")
    if "source" in given or "text" in given:
        from understudy.failures.output import classify_output

        words = {key: _text(given, key) for key in ("source", "text", "code")}
        return classify_output(
            words["source"], words["text"], code=words["code"], phase=phase or "check"
        )
    raise BadRequestError("it needs `provider`, `status` and `body`, or `source` and `text`.")


def _reply(given: dict[str, Any], phase: Phase) -> Failure:
    from understudy.failures.reply import classify_reply

    status, headers, body = _status(given), given.get("headers") or {}, given.get("body", "")
    if body is None:
        raise BadRequestError("`body` must be a string or JSON that is not null.")
    if not isinstance(headers, dict):
        raise BadRequestError("`headers` must be an object.")
    shown = {str(name): str(value) for name, value in headers.items()}
    # A body that is JSON itself may stand there as it is.
    text = body if isinstance(body, str) else strict_json(body, ensure_ascii=False)
    return classify_reply(_text(given, "provider"), status, shown, text, phase=phase)


def _status(given: dict[str, Any]) -> int | None:
    """The status, which logs hold as text or as a number with a point, too."""
    status = given.get("status")
    if status is None:
        return None
    if isinstance(status, str) and _DIGITS.fullmatch(status.strip()):
        status = int(status)
    is_number = isinstance(status, int | float) and not isinstance(status, bool)
    if not is_number or status not in _STATUSES:
        raise BadRequestError("`status` must be a whole number from 100 to 599, or null.")
    return int(status)


def _text(given: dict[str, Any], key: str) -> str:
    value = given.get(key, "")
    if not isinstance(value, str):
        raise BadRequestError(f"`{key}` must be a string.")
    return value


def _phase(given: dict[str, Any]) -> Phase | None:
    phases: tuple[Phase, ...] = get_args(Phase)
    wanted = given.get("phase")
    if wanted is None:
        return None
    found = next((phase for phase in phases if phase == wanted), None)
    if found is None:
        raise BadRequestError(f"`phase` must be one of {', '.join(phases)}.")
    return found


def _record(failure: Failure) -> dict[str, object]:
    record: dict[str, object] = {
        "category": failure.category.value,
        "retry": {"action": failure.advice, "after_s": failure.after_s},
        "fingerprint": failure.fingerprint,
        "confidence": failure.confidence,
        "blame": failure.blame,
        "phase": failure.phase,
        "code": failure.code,
        "evidence": {"source": failure.evidence.source, "text": failure.evidence.text},
        "secondary": [each.value for each in failure.secondary],
        "message": failure.message,
    }
    told = {"limit": failure.limit, "parameter": failure.parameter}
    return record | {key: value for key, value in told.items() if value}


COMMAND = Command(
    id="failures",
    help="Tell what an error of a provider or a tool means, and how often there was which",
    configure=_configure,
    run=_run,
)
