"""Whose text a piece of a reply quotes counts more than what a sentence above it says of a file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.reply_cases import seen
from understudy.config.policy import Policy
from understudy.edit_formats import Region, all_edit_formats
from understudy.engine.drafting import Unread, draft_of
from understudy.engine.reader import read_reply
from understudy.reading.lead_in import lead_of
from understudy.reading.targets import OWN, Documents
from understudy.reading.whose import quotes_of
from understudy.workspace.secrets import Masks
from understudy.workspace.view import OpenDocument, View

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "corpus" / "lead_ins"
ROOT = Path("/ws")


class Document(NamedTuple):
    """A document in some language, one change of it, and a file that has nothing of it.

    Attributes:
        head: how many lines the definition has that begins the document.
    """

    name: str
    other: str
    language: str
    word: str
    head: int
    before: str
    old: str
    new: str
    apart: str


DOCUMENTS = [
    Document(
        "src/cart.py",
        "other/util.py",
        "python",
        "python",
        3,
        "def total(items):\n    items = list(items)\n    return sum(items)\n\n\ndef count(items):\n    return len(items)\n",
        "    return sum(items)",
        "    return sum(items, 0)",
        "from decimal import Decimal\n\n\ndef cents(value):\n    return Decimal(value)\n",
    ),
    Document(
        "src/client.ts",
        "src/http.ts",
        "typescript",
        "ts",
        4,
        "export async function load(id: string) {\n  const found = get(id);\n  return found.json();\n}\n\nexport const base = 3;\n",
        "  const found = get(id);",
        "  const found = await get(id);",
        "export function get(id: string) {\n  return fetch(`/items/${id}`);\n}\n",
    ),
    Document(
        "cart/cart.go",
        "cmd/main.go",
        "go",
        "go",
        4,
        "func Load(path string) []byte {\n\tdata, _ := os.ReadFile(path)\n\treturn data\n}\n\nfunc Count(b []byte) int {\n\treturn len(b)\n}\n",
        "\tdata, _ := os.ReadFile(path)",
        "\tdata := mustRead(path)",
        'package main\n\nfunc main() {\n\tprintln("shop")\n}\n',
    ),
]
IDS = [one.language for one in DOCUMENTS]

BESIDE = [
    "I fixed the failing case of OTHER here:",
    "To fix this, I adjusted the code for OTHER a little:",
    "The value that is wrong shows up in OTHER, here is the fix:",
    "Here is the whole change, which makes the checks of OTHER happy again:",
    "Damit l\u00e4uft auch der Aufruf in OTHER wieder, ge\u00e4ndert habe ich nur diese Stelle:",
    "Voici la correction pour que l'appel dans OTHER fonctionne de nouveau comme avant :",
]
LABELS = [
    "OTHER",
    "**OTHER**",
    "### OTHER",
    "### 2. Fix OTHER",
    "Step 2: OTHER",
    "OTHER - the fix",
    "In OTHER:",
    "In der Datei OTHER:",
]


def _pieces(one: Document) -> dict[str, tuple[str, str]]:
    """A reply in every format, each with its id."""
    above = one.before[: one.before.index(one.old)].splitlines()[-1]
    hunk = f"@@\n {above}\n-{one.old}\n+{one.new}\n"
    after = one.before.replace(one.old, one.new)
    part = "\n".join(after.splitlines()[: one.head])
    edit = {"kind": "replace", "old": one.old, "new": one.new}
    search = f"<<<<<<< SEARCH\n{one.old}\n=======\n{one.new}\n>>>>>>> REPLACE\n"
    tags = f"<old_text>\n{one.old}\n</old_text>\n<new_text>\n{one.new}\n</new_text>\n"
    return {
        "search/replace": ("search_replace", search),
        "search/replace in a fence": ("search_replace", f"```{one.word}\n{search}```\n"),
        "tags": ("search_replace", tags),
        "diff": ("unified_diff", f"```diff\n{hunk}```\n"),
        "patch": ("apply_patch", f"*** Begin Patch\n{hunk}*** End Patch\n"),
        "JSON": ("json", json.dumps({"edits": [edit]}) + "\n"),
        "whole file": ("whole_file", f"```{one.word}\n{after}```\n"),
        "lines": ("region", f"```{one.word}\n{part}\n```\n"),
    }


def _region(one: Document, edit_format: str, text: str, other: str | None) -> Region:
    path = ROOT / one.name
    view = View(path.as_uri(), text, Policy(), language=one.language, path=path, root=ROOT)
    lines = range(one.head) if edit_format == "region" else range(len(view.index))
    there = {} if other is None else {one.other: other}
    return Region(view, lines, is_there=there.__contains__, text_of=there.get)


def _outcomes(one: Document, words: str, text: str, other: str | None) -> Iterator[tuple[str, str]]:
    """What comes of some words above a piece: for each format `here`, or the outcome."""
    after = text.replace(one.old, one.new)
    for form, (edit_format, code) in _pieces(one).items():
        region = _region(one, edit_format, text, other)
        found = seen(f"{words.replace('OTHER', f'`{one.other}`')}\n\n{code}", region, edit_format)
        yield form, "here" if found.after == after != text else str(found.outcome)


@pytest.mark.parametrize("one", DOCUMENTS, ids=IDS)
@pytest.mark.parametrize("words", BESIDE)
def test_what_stands_in_the_document_alone_is_for_it_whatever_a_sentence_says(
    one: Document, words: str
) -> None:
    for form, outcome in _outcomes(one, words, one.before, one.apart):
        assert outcome == "here", form


@pytest.mark.parametrize("one", DOCUMENTS, ids=IDS)
@pytest.mark.parametrize(
    ("words", "risk"),
    [
        ("In OTHER, change this:", "high"),
        ("Update OTHER like this:", "high"),
        ("The bug is in OTHER:", "high"),
        ("As in OTHER, this is needed:", ""),
        ("This is also called from OTHER:", ""),
        ("Here is the fix:", ""),
    ],
)
def test_what_a_sentence_puts_elsewhere_in_so_many_words_is_for_review(
    one: Document, words: str, risk: str
) -> None:
    for form, (edit_format, code) in _pieces(one).items():
        region = _region(one, edit_format, one.before, one.apart)
        reply = f"{words.replace('OTHER', f'`{one.other}`')}\n\n{code}"
        reading = read_reply(reply, region, edit_format).reading
        assert reading.after == one.before.replace(one.old, one.new), form
        told = [repair for repair in reading.repairs if "name another file" in repair.what]
        assert [(repair.where, repair.risk) for repair in told] == (
            [(f"`{one.other}`", risk)] if risk else []
        ), form


@pytest.mark.parametrize("one", DOCUMENTS, ids=IDS)
@pytest.mark.parametrize("words", LABELS)
def test_a_label_counts_more_than_where_the_text_stands(one: Document, words: str) -> None:
    for form, outcome in _outcomes(one, words, one.before, one.apart):
        assert outcome == "other_file", form


@pytest.mark.parametrize("one", DOCUMENTS, ids=IDS)
@pytest.mark.parametrize("words", ["As in OTHER, this is needed:", "OTHER has more of these."])
def test_what_is_quoted_from_the_other_file_alone_is_for_that_one(
    one: Document, words: str
) -> None:
    quoting = {"search/replace", "search/replace in a fence", "tags", "diff", "patch", "JSON"}
    for form, outcome in _outcomes(one, words, one.apart, one.before):
        if form in quoting:
            assert outcome == "other_file", form


@pytest.mark.parametrize("one", DOCUMENTS, ids=IDS)
def test_where_both_have_the_text_the_words_decide(one: Document) -> None:
    copy = one.before.replace("ount", "ountAll")
    for words in ("I've updated the code (OTHER) so that it works:", "The new result in OTHER:"):
        assert {found for _, found in _outcomes(one, words, one.before, copy)} == {"other_file"}
    for words in ("As in OTHER, this is needed:", "This is also called from OTHER:"):
        assert {found for _, found in _outcomes(one, words, one.before, copy)} == {"here"}


def test_new_text_that_is_taken_over_from_a_file_is_not_for_that_file() -> None:
    one = DOCUMENTS[0]
    there = "def total(items):\n    items = sorted(items)\n    checked(items)\n    return sum(items, 0)\n"
    code = f"```python\n{there}```\n"
    region = _region(one, "region", one.before, there)
    reply = f"I took this over from `{one.other}`:\n\n{code}"
    found = seen(reply, region, "region")
    assert found.outcome != "other_file"


def _share(name: str, documents: Documents, *, here: bool) -> float:
    """The share of the lead-ins of a file, said of a file of another name, that are told right."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    shown = quotes_of(DOCUMENTS[0].old)
    right = 0
    for line in lines:
        words = line.replace("\\n", "\n").replace("\\\\", "\\").replace("other/cart", "other/util")
        path = lead_of(words.split("\n"), documents, shown).path
        right += ((documents.key(path) if path else OWN) == OWN) is here
    return right / len(lines)


def test_lead_ins_for_a_file_of_another_name_are_told_by_its_text() -> None:
    one = DOCUMENTS[0]
    region = _region(one, "search_replace", one.before, one.before)
    both = region.documents
    apart = replace(both, text_of={one.other: one.apart}.get)
    there = Documents(
        replace(both.own, text=one.apart), is_there=both.is_there, text_of=both.text_of
    )
    assert _share("beside", apart, here=True) == 1
    assert _share("beside", both, here=True) > 0.98
    assert _share("elsewhere", both, here=False) > 0.95
    assert _share("elsewhere", there, here=False) > 0.98


def test_a_draft_is_compared_with_the_file_on_the_disk_and_with_what_is_open(
    tmp_path: Path,
) -> None:
    one = DOCUMENTS[0]
    place, own = tmp_path / one.other, tmp_path / one.name
    place.parent.mkdir()
    place.write_text(one.before, encoding="utf-8")
    view = View(own.as_uri(), one.before, Policy(), path=own, root=tmp_path)
    words = f"The sum is now made by the function in `{one.other}`:"
    edit_format, code = _pieces(one)["search/replace"]

    def outcome(view: View) -> str:
        asked = all_edit_formats()[edit_format]
        region = Region(view, range(len(view.index)))
        draft = draft_of("model", f"{words}\n\n{code}", region, asked, Masks())
        return draft.failure.code if isinstance(draft, Unread) else draft.after

    after = one.before.replace(one.old, one.new)
    assert outcome(view) == "other_file"
    opened = OpenDocument(place.as_uri(), place, "python", 2, one.apart)
    assert outcome(replace(view, beside=(opened,))) == after
    place.write_text(one.apart, encoding="utf-8")
    assert outcome(view) == after
