"""What models are asked when code is to be explained, and what is made of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.engine.consult import Matter
from understudy.engine.material import Place
from understudy.prompt.telling import Topic, telling_prompt
from understudy.reading import Refusal, unreadable
from understudy.reading.fences import fenced
from understudy.reading.harmless import harmless
from understudy.reading.languages import language_of_word
from understudy.reading.prose import declines
from understudy.reading.thoughts import answer_of, said
from understudy.tasks.explain import TASK as EXPLAIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from understudy.engine.clearance import Cleared
    from understudy.engine.consult import Audience
    from understudy.prompt import Prompt
    from understudy.prompt.choosing import Addressee
    from understudy.prompt.pieces import Shown, Tried
    from understudy.workspace.view import View

_OUTPUT_TOKENS = 2_048
_SHORT = 600
"""A longer text that begins by saying no goes on with something else."""


def explanation(view: View, lines: range, audience: Audience | None = None) -> Matter[str]:
    """The explanation of lines, and of the problems that the view says are there, as Markdown.

    Masks of secrets stay in it: it speaks about what the model saw, and it is shown and written
    down, so no secret comes into it.
    """
    place = Place(view, lines, tuple(view.diagnostics), apart=lines)

    def prompt(tried: Sequence[Tried], to: Addressee, shown: Shown) -> Prompt:
        problems = place.problems
        topic = Topic(view, lines, EXPLAIN.instruction, "", problems, tried, shown)
        return telling_prompt(topic, to)

    return Matter(
        place=place,
        prompt=prompt,
        read=_read,
        output=_OUTPUT_TOKENS,
        audience=audience,
        restore=_as_it_is,
    )


def so_far(text: str) -> str:
    """What is shown of an explanation that is still being written."""
    return harmless(said(text).answer)


def _read(text: str) -> str:
    answer = _unwrapped(answer_of(text).answer)
    if len(answer) <= _SHORT and declines(answer):
        raise unreadable(Refusal.DECLINED, "The model declined to answer.", answer.strip())
    return harmless(answer)


def _unwrapped(answer: str) -> str:
    """An answer that is all in one block of Markdown, without that."""
    blocks = fenced(answer).blocks
    if len(blocks) != 1 or language_of_word(blocks[0].word) != "markdown":
        return answer
    (block,) = blocks
    beside = answer[: block.start] + answer[block.end :]
    return answer if beside.strip() else block.text


def _as_it_is(text: str, _: Cleared) -> str:
    return text
