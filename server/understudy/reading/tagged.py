"""Code between tags on lines of their own, which some models write instead of a fence."""

from __future__ import annotations

import re
from itertools import accumulate

from understudy.core.lines import content_length, split_lines
from understudy.reading.fences import Answer, Fenced, fence_of, fenced
from understudy.reading.languages import language_of_word
from understudy.reading.markdown import LANGUAGES as MARKDOWN
from understudy.reading.tool_tags import plain_files

_NAMES = (
    "artifact|antartifact|new_code|updated_code|replacement_code|code_block|file|new_file"
    "|updated_file|file_content|full_file"
)
"""None of these is a tag of HTML."""
_TAG = re.compile(
    rf"\s{{0,8}}<(?P<end>/?)(?P<name>{_NAMES})(?P<rest>\s[^<>]{{0,300}})?>\s*", re.IGNORECASE
)
_DEEPEST = 3
_LANGUAGE = re.compile(r"\b(?:language|lang)\s*=\s*[\"']?(?P<word>[\w+#-]+)", re.IGNORECASE)


def blocks_in(text: str, language: str) -> Answer:
    """The fenced blocks of a text; where there are none, those between tags.

    A block that holds nothing but a fenced reply is opened, unless it may itself be what was asked
    for.

    Args:
        text: a reply.
        language: that of the document, an LSP language id.
    """
    answer = fenced(text)
    for _ in range(_DEEPEST if language not in MARKDOWN else 0):
        inner = _inside(answer)
        if inner is None:
            break
        answer = Answer(inner.blocks, "\n".join(filter(None, (answer.prose, inner.prose))))
    if answer.blocks or answer.unclosed:
        return answer
    tagged = _tagged(plain_files(text))
    return tagged if tagged.blocks or tagged.unclosed else answer


def _inside(answer: Answer) -> Answer | None:
    """The answer in the only block, when this is a fence around another answer."""
    if len(answer.blocks) != 1 or answer.unclosed:
        return None
    block = answer.blocks[0]
    if language_of_word(block.info) not in MARKDOWN | {"", "plaintext"}:
        return None
    if fence_of(block.text.lstrip("\r\n").partition("\n")[0]) is None:
        return None
    inner = fenced(block.text)
    return inner if inner.blocks and not inner.unclosed else None


def _tagged(text: str) -> Answer:
    lines = split_lines(text)
    starts = list(accumulate(map(len, lines), initial=0))
    blocks: list[Fenced] = []
    prose: list[str] = []
    name, info, opened, behind = "", "", -1, 0
    for at, line in enumerate(lines):
        tag = _TAG.fullmatch(line) if "<" in line else None
        if opened < 0:
            if tag is None or tag["end"]:
                prose.append(line[: content_length(line)])
            else:
                name, info, opened = tag["name"].lower(), (tag["rest"] or "").strip(), at
        elif tag is not None and tag["end"] and tag["name"].lower() == name:
            language = _LANGUAGE.search(info)
            word = language["word"].lower() if language else ""
            body = "".join(lines[opened + 1 : at])
            above = tuple(bare for line in lines[behind:opened] if (bare := line.strip()))
            blocks.append(Fenced(word, info, body, starts[opened], starts[at + 1], above))
            opened, behind = -1, at + 1
    return Answer(tuple(blocks), "\n".join(prose).strip(), unclosed=opened >= 0)
