"""Records that other programs keep about models, strategies and lessons, as their JSON files have them.

Three shapes are known. Statistics of models, by the model's name, or as a list whose records name it
(`model`):

    {"acme/large": {"successRate": 0.9, "avgLatencyMs": 1200, "totalRuns": 40,
                    "failuresByCategory": {"timeout": 4},
                    "byTaskType": {"fix": {"success": 36, "fail": 4}}}}

How much strategies help, by the strategy's name or as a list whose records name it (`strategy`), with
`attempts` or `successes`. And a log of what was learned: a list of objects, or one object on each line.
A file may hold several of them as the members `stats`, `effectiveness` (or `strategies`) and `learning`
(or `learnings`, or `entries`).

Nothing is interpreted that is not needed to tell them apart, so that each can be written out again as it
was.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal, NoReturn, get_args

from understudy.core.failures import BadRequestError

MOST_BYTES = 16_000_000

Shape = Literal["stats", "effectiveness", "learning"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
_HEADINGS: dict[str, Shape] = {
    **{one: one for one in SHAPES},
    "strategies": "effectiveness",
    "learnings": "learning",
    "entries": "learning",
}
_NAMED_BY = {"stats": "model", "effectiveness": "strategy", "learning": "id"}
"""The member of a record in a list that is the name of one in an object."""
_OF_STATS = frozenset(
    {"successRate", "avgLatencyMs", "failuresByCategory", "byTaskType", "totalRuns"}
)
_OF_EFFECTIVENESS = frozenset({"attempts", "successes", "successRate", "strategy"})
_COUNTED = frozenset({"attempts", "successes"})
_OF_STATS_ALONE = _OF_STATS - _OF_EFFECTIVENESS


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        name: of the model or strategy; empty in a list of strategies or lessons.
        doc: the record as JSON, on one line.
    """

    shape: Shape
    name: str
    doc: str


def read_backlog(text: str) -> tuple[Record, ...]:
    """The records of a file, in their order.

    Raises:
        BadRequestError: when it is not JSON, or of no known shape.
    """
    value = _read(text)
    if isinstance(value, dict) and value and set(value) <= set(_HEADINGS):
        headed = (_records(_HEADINGS[heading], one) for heading, one in value.items())
        return tuple(record for records in headed for record in records)
    return tuple(_records(_shape(value), value))


def written(records: tuple[Record, ...], shape: Shape) -> Any:
    """The records of a shape as the JSON value that they were read from; None without any."""
    own = [one for one in records if one.shape == shape]
    named = {one.name: json.loads(one.doc) for one in own if one.name}
    listed = [json.loads(one.doc) for one in own if not one.name]
    if named and listed:
        # Files of both forms were imported, and a list can hold both.
        listed += [{_NAMED_BY[shape]: name, **doc} for name, doc in named.items()]
    return listed or named or None


def _records(shape: Shape, value: Any) -> list[Record]:
    pairs = _named(shape, value)
    for name, one in pairs:
        if not isinstance(one, dict):
            raise BadRequestError(f"A record of `{shape}` is {_kind(one)}, and not an object.")
        if not _is_text(name):
            raise BadRequestError(f"A record of `{shape}` has a name that is no text.")
    return [Record(shape, name, _line(one)) for name, one in pairs]


def _named(shape: Shape, value: Any) -> list[tuple[str, Any]]:
    """The names of records and the records; only in a list of strategies or lessons without names."""
    if isinstance(value, dict):
        if "" in value:
            raise BadRequestError(f"A record of `{shape}` has a name that is no text.")
        return [*value.items()]
    if not isinstance(value, list):
        raise BadRequestError(f"`{shape}` is {_kind(value)}, and not what it must be.")
    if shape == "stats" and not all(map(_names_model, value)):
        raise BadRequestError(
            "Each record in a list of `stats` names its `model`, which is a text."
        )
    if shape != "stats":
        return [("", one) for one in value]
    named = {one["model"]: one for one in value}
    if len(named) < len(value):
        raise BadRequestError("Two records of `stats` name the same model, and one would be lost.")
    return [*named.items()]


def _names_model(record: Any) -> bool:
    name = record.get("model") if isinstance(record, dict) else None
    return bool(name) and isinstance(name, str)


def _shape(value: Any) -> Shape:
    """What a value without a heading is."""
    each = list(value.values()) if isinstance(value, dict) else value
    if isinstance(each, list) and each and all(isinstance(one, dict) for one in each):
        if isinstance(value, list):
            return _shape_of_list(value)
        members = set().union(*each)
        if members & _OF_STATS_ALONE:
            return "stats"
        if members & _OF_EFFECTIVENESS:
            return "effectiveness"
    raise BadRequestError(
        "The file holds neither statistics of models, nor of strategies, nor a log of lessons."
    )


def _shape_of_list(records: list[dict[str, Any]]) -> Shape:
    if all("strategy" in one for one in records):
        return "effectiveness"
    # A lesson may name a model and its rate of success, but none has the rest of a model's numbers.
    told = next((n for n, one in enumerate(records, 1) if _OF_STATS_ALONE & set(one)), 0)
    odd = next((n for n, one in enumerate(records, 1) if not _is_of_stats(one)), 0)
    if told and odd:
        member = min(_OF_STATS_ALONE & set(records[told - 1]))
        other = "" if odd == told else f"record {odd} "
        raise BadRequestError(
            f"Record {told} of the list has `{member}`, as statistics of a model do, and"
            f" {other}{_unlike_stats(records[odd - 1])}. Put the list under `stats` or `learning`, to say"
            " what it is."
        )
    _refuse_unlike(records)
    are_stats = all(map(_is_surely_of_stats, records))
    return "stats" if are_stats else "learning"


def _refuse_unlike(records: list[dict[str, Any]]) -> None:
    """Stop at a record that looks like a number kept elsewhere, in a list that is not all of those."""
    for number, one in enumerate(records, 1):
        if "id" in one:
            continue
        if _COUNTED & set(one):
            what = "how much a strategy helps", "each names its `strategy`", "effectiveness"
        elif _is_of_stats(one) and not all(map(_is_surely_of_stats, records)):
            what = "statistics of a model", "all are such, without an `id`", "stats"
        else:
            continue
        raise BadRequestError(
            f"Record {number} of the list looks like {what[0]}, and a list of those is one where"
            f" {what[1]}. Put the list under `{what[2]}` or `learning`, to say what it is."
        )


def _is_surely_of_stats(record: dict[str, Any]) -> bool:
    return _is_of_stats(record) and not _may_be_lesson(record)


def _unlike_stats(record: dict[str, Any]) -> str:
    return "has none of their numbers" if _names_model(record) else "has no `model` that is a text"


def _is_of_stats(record: dict[str, Any]) -> bool:
    return _names_model(record) and bool(_OF_STATS & set(record))


def _may_be_lesson(record: dict[str, Any]) -> bool:
    return "id" in record and not _OF_STATS_ALONE & set(record)


def _read(text: str) -> Any:
    """One JSON value, or a list of those on each line."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    try:
        value = _parse(text)
    except ValueError as whole:
        # A value that is spread over lines does not end in the first one.
        if len(lines) < 2 or not _is_json(lines[0][1]):
            raise BadRequestError(f"The file is not JSON: {whole}.") from whole
        return [_parse_line(number, line) for number, line in lines]
    return [value] if _is_entry(value) else value


def _parse_line(number: int, line: str) -> Any:
    try:
        return _parse(line)
    except ValueError as fault:
        what = str(fault)
        if isinstance(fault, json.JSONDecodeError):
            what = f"{fault.msg} (column {fault.colno})"
        message = f"The file is neither JSON nor one JSON object a line: line {number}: {what}."
        raise BadRequestError(message) from fault


def _is_json(line: str) -> bool:
    try:
        _parse(line)
    except ValueError:
        return False
    return True


def _is_entry(value: Any) -> bool:
    """Whether a value is one record, and not records by their names."""
    if not isinstance(value, dict) or not set(value).isdisjoint(_HEADINGS):
        return False
    return isinstance(value.get("id", value.get("strategy")), (str, int)) or _is_of_stats(value)


def _parse(text: str) -> Any:
    try:
        return json.loads(
            text, parse_constant=_refuse, object_pairs_hook=_unique, parse_float=_float
        )
    except RecursionError as deep:
        raise ValueError("it is nested too deeply") from deep


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number of JSON")


def _float(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        raise ValueError(f"{digits} is too large")
    return number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("an object has two members of the same name")
    return found


def _line(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _is_text(name: str) -> bool:
    """Whether it can be written down; halves of characters can't."""
    return not any("\ud800" <= one <= "\udfff" for one in name)


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return kinds.get(type(value), "null" if value is None else "a number")
