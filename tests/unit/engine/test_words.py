from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from understudy.engine.words import NEUTRAL, judge_words

HIGH = [
    "I'm confident this is correct.",
    "I\u2019m confident this is correct.",
    "I\u02bcm confident.",
    "I am confident.",
    "I'm very confident in this change.",
    "This will work.",
    "THIS WILL WORK!",
    "This\nwill work because the name is defined above.",
    "Straightforward: the import was missing.",
    "A straightforward fix.",
    "**Straightforward** change.",
    "No doubt this will work.",
    "There is no doubt that this will work.",
    "Without a doubt, this will work.",
    "It was not easy, but this will work.",
    "The old code was not tested and I'm confident in the new one.",
    "Not only is it short, I'm confident it is right.",
    "- Renamed the variable.\n- This will work.",
    "Is it the import? It is. This will work.",
    "\uff34his will work.",
]
LOW = [
    "I'm **not** confident this is correct.",
    "I'm not confident this is correct.",
    "I am not entirely confident.",
    "I'm not very confident.",
    "I can't say I'm confident.",
    "I don't think this will work.",
    "I doubt this will work.",
    "I hope this will work.",
    "This won't work on Windows.",
    "This will not work on Windows.",
    "It isn't straightforward.",
    "This is not so straightforward.",
    "Far from straightforward.",
    "Anything but straightforward.",
    "I think the import is missing.",
    "_I think_ the import is missing.",
    "This might work.",
    "This might not work.",
    "I'm not entirely sure about the type.",
    "I wasn't entirely sure about the type.".replace("'", "\u2019"),
    "Assuming `x` is a list, it is sorted.",
    "Should I include the import?",
    "Do you want me to change the callers too?",
    "So, should I rename it?",
    "Which version do you use?",
    "I think this will work.",
    "I'm confident. This will work. Straightforward. But I think the test is wrong.",
    "<think>This will work.</think>I think so.",
    "```x``` is inline code, and I think so.",
    "```py\nx = 1\n```\nI think so.",
]
SILENT = [
    "``` is a fence, I think, and ``` too.",
    "",
    "You should include the import.",
    "Why does it fail? The import is missing.",
    "What does this do? It sorts.",
    "Should the list be empty, the loop is skipped.",
    "The name was misspelt.",
    "```python\nassert False  # This will work because x\n```",
    "```python\nassert False, 'I think'",
    "~~~\nThis will work\n~~~",
    "````\n```\nThis will work.\n```\n````",
    "Call `this will work()` first.",
    "Call ``this ` will work`` or ``This will work`` first.",
    'The comment says "This will work", so it was kept.',
    "The comment says \u201cI think it is fine\u201d.",
    "The comment says 'This will work' today.",
    "The comment says \u2018I think so\u2019.",
    "> This will work",
    "    this_will = 'This will work'",
    "<think>I think this might work.</think>The import was missing.",
    "<thinking>This will work.</thinking>",
    "<thinking>This will work.",
    "I think so.</think>The import was missing.",
    "<think>a <think> I think b</think> The import was missing.",
    "An unassuming change.",
    "It works without assuming an order.",
    "This will workaround nothing.",
    "Straightforwardly put.",
    "Am I confident?",
    "Is this straightforward?",
    "Will this work? The test says yes.",
    "Ich glaube, der Import fehlt.",
    "\u6211\u8ba4\u4e3a\u7f3a\u5c11\u5bfc\u5165\u3002",
    "Je pense que \u00e7a va marcher.",
    "\u3053\u308c\u3067\u52d5\u304d\u307e\u3059\u3002",
]


@pytest.mark.parametrize("prose", HIGH)
def test_a_whole_high_marker_in_prose_counts_for_the_edit(prose: str) -> None:
    assert judge_words(prose) == 1.0


@pytest.mark.parametrize("prose", LOW)
def test_a_hedge_a_denial_or_a_question_to_the_user_counts_against_the_edit(prose: str) -> None:
    assert judge_words(prose) < NEUTRAL


@pytest.mark.parametrize("prose", SILENT)
def test_code_quotations_thinking_and_other_languages_say_nothing(prose: str) -> None:
    assert judge_words(prose) == NEUTRAL


def test_eight_boasts_count_as_one() -> None:
    assert judge_words("This will work. " * 8) == judge_words("This will work.")


def test_boasts_never_outweigh_a_hedge() -> None:
    hedge = "I think the import is missing."
    assert judge_words(
        hedge + " This will work. I'm confident. Straightforward." * 20
    ) == judge_words(hedge)


def test_two_hedges_weigh_more_than_one() -> None:
    assert judge_words("I think so, it might work.") < judge_words("I think so.")


_PARTS = st.sampled_from(
    [
        *HIGH,
        *LOW,
        *SILENT,
        "```",
        "`",
        "``",
        '"',
        "<think>",
        "</think>",
        "\n\n",
        "not ",
        "?",
        "\r\n",
    ]
)


@given(st.one_of(st.text(), st.lists(_PARTS).map("".join), st.lists(_PARTS).map(" ".join)))
def test_any_text_gets_a_value_between_0_and_1(prose: str) -> None:
    assert 0.0 <= judge_words(prose) <= 1.0


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="<`~")))
def test_text_without_a_marker_word_is_neutral(prose: str) -> None:
    lowered = prose.lower()
    if not any(
        word in lowered
        for word in ("confident", "work", "straight", "think", "sure", "assuming", "?")
    ):
        assert "\uff1f" in lowered or judge_words(prose) == NEUTRAL


@pytest.mark.parametrize(
    "piece",
    [
        "`",
        "``a",
        "\u201c",
        "'",
        '"',
        "<think>",
        "<think ",
        "*",
        "_",
        "- ",
        "\n",
        "i'm ",
        "not ",
        "this will work ",
        "> ",
        "~~~\n",
        ", so ",
        "what a ",
    ],
)
@pytest.mark.timeout(20)
def test_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    # Anything worse than linear takes hours for this length, so the time-out is the assertion.
    assert 0.0 <= judge_words(piece * 100_000) <= 1.0
