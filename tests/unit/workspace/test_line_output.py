from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.core.failures import UnavailableError
from understudy.core.lines import LineIndex
from understudy.workspace.diagnostics import Severity
from understudy.workspace.line_matching import MAX_LINE, matched_lines
from understudy.workspace.line_output import LineReader
from understudy.workspace.sarif import SarifReader

TEXT = 'π = "😀" + undefd\r\n\ttwo\n'
INDEX = LineIndex(TEXT)
READER = LineReader("mine", INDEX, lambda path: path == "a", Severity.WARNING)
FORM = (
    r"^(?:(?P<file>\w+):)?(?P<line>\d+):(?:(?P<column>\d+))?"
    r"(?:-(?P<end_line>\d+):(?P<end_column>\d+))?: (?P<message>.*)"
)


def groups(lines: list[str]) -> list[dict[str, str]]:
    """What the child says about lines, told in this process."""
    found = (re.search(FORM, line) for line in lines)
    return [{k: v for k, v in one.groupdict().items() if v} for one in found if one]


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("1:11: m", "undefd"),
        ("1:: m", TEXT.split("\r")[0]),
        ("1:6-1:7: m", "😀"),
        ("1:11-2:2: m", "undefd\r\n\t"),
        ("9:9: m", ""),
        ("0:0: m", "π"),
        ("a:2:2: m", "two"),
    ],
)
async def test_a_place_is_a_line_a_word_or_a_range(line: str, marked: str) -> None:
    said = await matched_lines(line.encode(), FORM, 30.0)
    assert said == groups([line])
    ((found,), matched) = READER.read(said)
    assert found.span.of(TEXT) == marked
    assert matched


async def test_lines_about_others_long_ones_and_noise_are_left_out() -> None:
    lines = ["b:1:1: other", "noise", "1:1: " + "x" * MAX_LINE]
    said = await matched_lines("\n".join(lines).encode(), FORM, 30.0)
    assert READER.read(said) == ((), True)
    assert await matched_lines("\n".join(lines[1:]).encode(), FORM, 30.0) == []
    assert await matched_lines(b" \n", FORM, 30.0) == []


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|a)*$", r"(.*.*.*=)*!"])
async def test_a_pattern_that_never_comes_to_an_end_is_ended(pattern: str) -> None:
    line = "a" * 60 + "b=" * 40
    with pytest.raises(UnavailableError, match=r"did not come to an end .* within 0\.5 s"):
        await matched_lines(line.encode(), pattern, 0.5)


@pytest.mark.parametrize("noise", [b"\xff\xfe 1:1: m", "1:1: π😀\u2028".encode()])
async def test_any_bytes_can_be_matched(noise: bytes) -> None:
    found = await matched_lines(noise, r"(?P<line>\d+):1: (?P<message>\S+)", 30.0)
    assert [one["line"] for one in found] == ["1"]


_NUMBER = st.integers(0, 12).map(str) | st.just("9" * 30)
_MATCHING = st.tuples(*([_NUMBER] * 4)).map("{0[0]}:{0[1]}-{0[2]}:{0[3]}: m".format)


@given(st.lists(_MATCHING | st.text(max_size=20)))
def test_places_lie_in_the_text_whatever_is_printed(lines: list[str]) -> None:
    found, _ = READER.read(groups(lines))
    assert all(0 <= one.span.start <= one.span.end <= len(TEXT) for one in found)


SARIF = SarifReader("mine", INDEX, lambda path: path in {"a", "/p/a b", "C:/a"}, Severity.WARNING)


def result(uri: str = "a", **region: int) -> dict[str, object]:
    place = {"artifactLocation": {"uri": uri}, "region": region}
    return {"message": {"text": "m"}, "locations": [{"physicalLocation": place}]}


def read(*results: dict[str, object], **run: str) -> list[str]:
    log = {"runs": [{"results": list(results), **run}]}
    return [one.span.of(TEXT) for one in SARIF.read(json.dumps(log).encode())]


def test_columns_of_sarif_are_utf16_units_unless_it_says_otherwise() -> None:
    assert read(result(startLine=1, startColumn=12)) == ["undefd"]
    in_code_points = read(result(startLine=1, startColumn=11), columnKind="unicodeCodePoints")
    assert in_code_points == ["undefd"]
    assert read(result(startLine=2)) == ["\ttwo"]


@pytest.mark.parametrize("uri", ["a", "file:///p/a%20b", "file:///C:/a"])
def test_a_file_is_named_by_a_uri(uri: str) -> None:
    assert read(result(uri, startLine=2, startColumn=2, endColumn=5)) == ["two"]
    assert read(result(uri + "x", startLine=2)) == []


def test_places_counted_in_characters_are_read_where_that_is_clear() -> None:
    whole = result(charOffset=10, charLength=6)
    assert read(whole, columnKind="unicodeCodePoints") == ["undefd"]
    with pytest.raises(UnavailableError, match="counts places in a way"):
        read(whole)


_NAMES = ("runs", "results", "message", "text", "locations", "physicalLocation", "region", "uri")


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner),
    )
)
def test_whatever_the_json_is_reading_raises_only_its_own_failure(log: object) -> None:
    try:
        SARIF.read(json.dumps(log).encode())
    except UnavailableError:
        return
