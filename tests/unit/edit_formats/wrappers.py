"""What models put around an edit. Each wrapper takes a reply that only holds the edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _indented(text: str, by: str) -> str:
    return "".join(
        f"{by}{line}" if line != "\n" else line for line in text.splitlines(keepends=True)
    )


def outer_fence(reply: str) -> str:
    """A fence around the whole reply, longer than all in it."""
    fence = "`" * 30
    return f"{fence}markdown\n{reply}{fence}\n"


def list_item(reply: str) -> str:
    """The reply as part of a list item: all of its lines are moved in."""
    return f"1. Replace the lines:\n\n{_indented(reply, '   ')}\n2. Run the checks again.\n"


def crlf(reply: str) -> str:
    """Every line ends as on Windows."""
    return reply.replace("\n", "\r\n")


WRAPPERS: dict[str, Callable[[str], str]] = {
    "nothing": lambda reply: reply,
    "a sentence before": lambda reply: f"Here is the change:\n\n{reply}",
    "a sentence right before": lambda reply: f"Here is the change:\n{reply}",
    "a sentence after": lambda reply: f"{reply}\nThe name was misspelt.\n",
    "sentences around": lambda reply: f"Sure!\n\n{reply}\nLet me know if it helps.\n",
    "a bold title": lambda reply: f"**The change**\n\n{reply}",
    "a heading": lambda reply: f"## Solution\n\n{reply}\n## Why\n\nThe name was misspelt.\n",
    "numbered steps": lambda reply: f"1. Look at the name.\n2. Mend it:\n\n{reply}\n3. Done.\n",
    "bullets after": lambda reply: f"{reply}\n- The name is right now.\n- Nothing else changed.\n",
    "a quotation before": lambda reply: f"> The name is misspelt.\n\n{reply}",
    "rules around": lambda reply: f"---\n\n{reply}\n---\n",
    "thoughts": lambda reply: f"<think>\nLet me see `x`.\n</think>\n\n{reply}",
    "thoughts without their opening": lambda reply: f"Let me see.\n</think>\n{reply}",
    "thoughts with a draft": lambda reply: f"<thinking>\n```\nx = 1\n```\n</thinking>\n{reply}",
    "thoughts in brackets": lambda reply: f"[THINK]The name.[/THINK]\n{reply}",
    "a thought in the middle": lambda reply: f"Well.\n<reflection>\nYes.\n</reflection>\n{reply}",
    "channels": lambda reply: (
        "<|channel|>analysis<|message|>The name.<|end|><|start|>assistant<|channel|>final<|message|>"
        f"{reply}<|return|>"
    ),
    "a template's end": lambda reply: f"{reply}<|im_end|>\n",
    "a template's start": lambda reply: f"<|im_start|>assistant\n{reply}",
    "another template": lambda reply: f"{reply.removesuffix(chr(10))}</s>",
    "a tag around": lambda reply: f"<answer>\n{reply}</answer>\n",
    "a byte order mark": lambda reply: f"\ufeff{reply}",
    "blanks behind": lambda reply: f"{reply}   \n \n\n",
    "blank lines before": lambda reply: f"\n\n\n{reply}",
    "no last line end": lambda reply: reply.removesuffix("\n"),
    "another language": lambda reply: f"Der Name war falsch, hier die \u00c4nderung:\n\n{reply}",
    "a language without blanks": lambda reply: (
        f"\u4fee\u6539\u5982\u4e0b\uff1a\n\n{reply}\n\u5b8c\u6210\u3002\n"
    ),
    "commands after": lambda reply: f"{reply}\nRun the tests:\n\n```bash\npytest -q\n```\n",
    "a table after": lambda reply: f"{reply}\n| what | why |\n| --- | --- |\n| name | misspelt |\n",
    "a title with a sign": lambda reply: f"### \u2705 Fixed\n\n{reply}\n---\n\n*Done.*\n",
    "headers of a template": lambda reply: (
        f"<|start_header_id|>assistant<|end_header_id|>\n\n{reply}<|eot_id|>"
    ),
    "an outer fence": outer_fence,
    "a list item": list_item,
    "line ends of Windows": crlf,
}
"""By their names. All but `crlf` keep every line; `list_item` moves the lines in."""
