"""Edits as JSON, for models whose vendor holds them to a schema or that call tools well."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from understudy.core.runs import changed_runs
from understudy.edit_formats import EditFormat, FileChange, Progress, Reading, checked
from understudy.reading import Match, Refusal, Repair, UnreadableError, unreadable
from understudy.reading.contract import SCHEMA, contract_of, edits_so_far, problems
from understudy.reading.contract_edits import Moves, blocks_of, moves_of
from understudy.reading.escaped_twice import escaped_once
from understudy.reading.json_values import unfinished, value_of
from understudy.reading.json_wrappers import unwrapped
from understudy.reading.piece_files import path_above, surer_path
from understudy.reading.search_edits import Applied, carried_out, each_carried_out
from understudy.reading.search_failures import refused
from understudy.reading.shape import contents
from understudy.reading.thoughts import said
from understudy.reading.whose import quotes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.edit_formats import Region
    from understudy.reading.contract import Contract, JsonEdit
    from understudy.reading.targets import Documents

_CLAIM = re.compile(
    r"[\"'](?:edits|old_?(?:string|str|text)?|new_?(?:string|str|text)?|search|replace|anchor)"
    r"\\{0,3}[\"']\s*:",
    re.IGNORECASE,
)
_OBJECT_START = re.compile(r"^(?:[A-Z]\w{0,20}: )?[ \t]*(?:[{\[]|\"\{)", re.MULTILINE)
_CONTEXT = 3


def _rules(region: Region) -> str:
    schema = json.dumps(dict(SCHEMA), separators=(",", ":"))
    return (
        f"Answer with one JSON object and nothing else, of this schema: {schema}\nThe path of the"
        f" file is {json.dumps(region.view.name)}. `old` and `anchor` are lines of the file, copied"
        " letter by letter with their indentation, as few as stand in the file exactly once; no"
        " line is left out or abbreviated in `old` or `new`. Edits are carried out in order and"
        " touch different lines. Change only what the problem needs. If the problem can't be"
        " solved in these files, leave `edits` empty and say in `summary` why."
    )


def _claims(reply: str) -> bool:
    return _OBJECT_START.search(reply) is not None and _CLAIM.search(reply) is not None


def _read(reply: str, region: Region) -> Reading:
    answer = value_of(reply, problems)
    contract = contract_of(answer.value)
    if not contract.edits:
        raise _no_edits(contract)
    documents = region.documents
    moves = moves_of(_with_path_above(contract.edits, answer.above, documents), documents)
    after, match, repairs = region.view.text, Match.GIVEN, list(answer.repairs)
    others = [FileChange(*move) for move in moves.files]
    edits = [_escaped_once(edit, region, repairs) for edit in moves.rest]
    blocks = blocks_of(edits, documents)
    exact = any(block.verbatim for block in blocks)
    if blocks:
        done = carried_out(blocks, documents, _within(region))
        after, match = done.after, done.match
        repairs += done.repairs
        others += [FileChange(one.path, one.after) for one in done.others]
    if not contract.done:
        repairs.append(Repair("more edits are announced", "", "high"))
    reading = Reading(
        after=after,
        prose="\n".join(filter(None, (contract.summary, answer.prose))),
        repairs=tuple(dict.fromkeys(repairs)),
        match=match,
        others=tuple(others),
        thinking=answer.thinking,
        questions=contract.questions,
    )
    return checked(reading, reply, answer.prose, region, exact=exact)


def _with_path_above(
    edits: Sequence[JsonEdit], above: str, documents: Documents
) -> Sequence[JsonEdit]:
    """The edits, with the path that the words above them tell where they name no file."""
    shown = quotes_of(*(edit.old or edit.anchor for edit in edits if not edit.path))
    path = path_above(contents(above), "", documents, shown).path
    return [replace(edit, path=surer_path(edit.path, path, documents)) for edit in edits]


def _escaped_once(edit: JsonEdit, region: Region, repairs: list[Repair]) -> JsonEdit:
    text = escaped_once(edit.new, region.view.language)
    if text is None:
        return edit
    repairs.append(Repair("line breaks escaped twice", edit.new[:80]))
    return replace(edit, new=text)


def _no_edits(contract: Contract) -> UnreadableError:
    if contract.questions:
        said = f"The model asks back: {contract.questions[0][:200]}"
        return unreadable(Refusal.NO_EDIT, said, contract.questions[0])
    return unreadable(
        Refusal.NO_EDIT, f"The reply holds no edits. {contract.summary[:200]}", contract.summary
    )


def _within(region: Region) -> range | None:
    return None if region.is_whole else region.lines


def _write(region: Region, after: str) -> str:
    plain = _contract(region, *_smallest(region.view.text, after))
    try:
        if _read(plain, region).after == after:
            return plain
    except UnreadableError:
        pass
    # A text that is the whole file, to the letter, is replaced to the letter.
    return _contract(region, region.view.text, after)


def _smallest(before: str, after: str) -> tuple[str, str]:
    """The lines from the first change to the last with some around them, before and after."""
    old, new = contents(before), contents(after)
    runs = list(changed_runs(old, new))
    if not runs:
        return before, after
    start = max(runs[0].old_start - _CONTEXT, 0)
    stop = min(runs[-1].old_stop + _CONTEXT, len(old))
    shift = len(new) - len(old)
    return "\n".join(old[start:stop]), "\n".join(new[start : stop + shift])


def _contract(region: Region, old: str, new: str) -> str:
    edit = {
        "path": region.view.name,
        "kind": "replace",
        "old": old,
        "anchor": None,
        "new": new,
        "why": "",
    }
    value = {
        "version": 1,
        "summary": "",
        "edits": [edit],
        "questions": [],
        "confidence": None,
        "done": True,
    }
    return json.dumps(value, indent=1) + "\n"


def _watch(reply: str, region: Region) -> Progress:
    spoken = said(reply)
    if spoken.unclosed:
        return Progress()
    root, opened = unfinished(spoken.answer)
    if root is None:
        return _of_whole(reply, region)
    documents = region.documents
    for value, _ in unwrapped(root):
        edits = edits_so_far(value, opened)
        if edits and (not region.others or all(edit.path for edit in edits)):
            return _so_far(edits, documents, region)
    return Progress()


def _of_whole(reply: str, region: Region) -> Progress:
    try:
        reading = _read(reply, region)
    except UnreadableError:
        return Progress()
    return Progress(1 + len(reading.others), reading.after)


def _so_far(edits: Sequence[JsonEdit], documents: Documents, region: Region) -> Progress:
    """What the complete edits lead to; what speaks against them now will do so in the end."""
    count, found = 0, Applied(documents)
    try:
        moves: Moves = moves_of(edits, documents)
        rest = [_escaped_once(edit, region, []) for edit in moves.rest]
        blocks = blocks_of(rest, documents)
        for _ in each_carried_out(blocks, found, _within(region)):
            count += 1
        if found.failed:
            raise refused(found.failed, len(blocks))
    except UnreadableError as error:
        return Progress(count, found.after if count else None, str(error))
    return Progress(count, found.after if count else None)


EDIT_FORMAT = EditFormat(
    id="json",
    rules=_rules,
    claims=_claims,
    read=_read,
    write=_write,
    watch=_watch,
    rank=40,
    schema=SCHEMA,
)
