from __future__ import annotations

from pathlib import Path

import pytest

from understudy.config.policy import Policy
from understudy.core.text import apply
from understudy.engine.reviewing import (
    MOST_FINDINGS,
    Finding,
    Review,
    as_markdown,
    placed,
    review,
    so_far,
    wish_of,
)
from understudy.reading import UnreadableError
from understudy.reading.remarks import Remark
from understudy.workspace.diagnostics import Severity
from understudy.workspace.view import View

TEXT = "".join(f"value_{number} = {number}\n" for number in range(80))
SECRET = "sk-ant-" + "a1B2c3D4e5" * 5


def view(text: str = TEXT) -> View:
    path = Path("/project/values.py")
    return View(
        uri=path.as_uri(),
        text=text,
        policy=Policy(),
        language="python",
        path=path,
        root=path.parent,
    )


def finding(old: str, new: str, line: int = 3) -> Finding:
    return Finding(range(line, line + 1), Severity.WARNING, "It is wrong.", old, new)


def test_of_very_many_findings_the_first_are_shown_and_the_others_counted() -> None:
    remarks = [Remark("m", f"value_{number} = {number}") for number in range(60)]
    review = placed(remarks, view(), range(80))
    assert len(review.findings) == MOST_FINDINGS
    assert (review.dropped, review.unshown) == (0, 10)
    assert review.findings[7].lines == range(7, 8)


def test_a_finding_outside_of_what_was_reviewed_is_dropped() -> None:
    review = placed([Remark("m", "value_3 = 3"), Remark("m", "value_30 = 30")], view(), range(9))
    assert [one.lines for one in review.findings] == [range(3, 4)]
    assert review.dropped == 1


@pytest.mark.parametrize(
    ("answer", "is_clean"),
    [
        ("I found no problems.", True),
        ("No issues found.", True),
        ("I don't see any bugs in these lines.", True),
        ("The code is correct and without errors.", True),
        ("No issues, but line 3 divides by zero.", False),
        ("I can't review this. There are no errors that I could judge.", False),
        ("There is a problem: no errors are caught.", False),
    ],
)
def test_an_answer_in_words_may_say_that_nothing_was_found(answer: str, *, is_clean: bool) -> None:
    matter = review(view(), range(80))
    if is_clean:
        assert matter.read(answer) == Review(())
        return
    with pytest.raises(UnreadableError):
        matter.read(answer)


def test_the_same_finding_twice_is_one_and_line_numbers_count_from_the_top_of_the_file() -> None:
    text = "x = 1\n" * 20
    twice = [Remark("m", "x = 1", 15), Remark("m", "x = 1", 15)]
    review = placed(twice, view(text), range(10, 20))
    assert [one.lines for one in review.findings] == [range(14, 15)]


def test_no_secret_comes_into_a_message() -> None:
    review = placed([Remark(f"The key {SECRET} leaks.", "value_1 = 1")], view(), range(80))
    assert SECRET not in review.findings[0].message


def test_the_change_that_came_with_a_finding_is_the_first_proposal() -> None:
    wish = wish_of(view(), finding("value_3 = 3", "value_3 = 4"), "acme/one")
    assert wish.proposal is not None
    assert wish.proposal.model == "acme/one"
    draft = wish.proposal.draft
    assert draft.after == TEXT.replace("value_3 = 3\n", "value_3 = 4\n")
    assert apply(TEXT, draft.proposal.edits) == draft.after
    assert draft.proposal.why == "It is wrong."


def test_a_change_that_fits_nowhere_is_no_proposal() -> None:
    assert wish_of(view(), finding("value_99 = 99", "x = 1"), "acme/one").proposal is None
    assert wish_of(view(), finding("", ""), "acme/one").proposal is None
    assert wish_of(view(), finding("value_3 = 3", "value_3 = 3"), "acme/one").proposal is None


def test_complete_findings_of_a_reply_are_known_before_its_end() -> None:
    reply = (
        'Here:\n```json\n{"findings": [{"quote": "value_3 = 3", "message": "m"}, {"quote": "value_4'
    )
    assert [one.lines for one in so_far(reply, view(), range(80)).findings] == [range(3, 4)]
    for early in ("", "Let me", "<think>Is it", '{"findings": ['):
        assert so_far(early, view(), range(80)) == Review(())


def test_findings_in_words_are_a_list_that_does_nothing() -> None:
    bad = Finding(range(2, 4), Severity.ERROR, "See [this](command:evil) <b>now</b>.")
    text = as_markdown(Review((bad,)))
    assert text.startswith("- **error**, lines 3 to 4: See ")
    assert "](" not in text
    assert "<b" not in text.replace("\\<b", "")
