"""The call of a name, and whether a function can be called like that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from understudy.context.syntax import parse

if TYPE_CHECKING:
    from understudy.context.signatures import Signature
    from understudy.core.text import Span

_UNPACKED = ("list_splat", "dictionary_splat")


@dataclass(frozen=True, slots=True)
class Call:
    """What a call gives.

    Attributes:
        count: its arguments without a keyword.
        keywords: the names of the others.
        open: whether it unpacks something, so that there may be more of either.
        awaited: whether its result is waited for.
    """

    count: int
    keywords: frozenset[str]
    open: bool
    awaited: bool

    @property
    def is_empty(self) -> bool:
        """Whether it gives nothing at all."""
        return not (self.count or self.keywords or self.open)

    def fits(self, signature: Signature) -> bool:
        """Whether a function of this signature takes the call."""
        if not signature.open and not self.keywords <= {*signature.keywords}:
            return False
        if self.open:
            return True
        fits_in = signature.most is None or self.count <= signature.most
        return fits_in and self.count + len(self.keywords) >= signature.least


def call_at(text: str, span: Span) -> Call | None:
    """The call of the name at `span`; None when it is not called."""
    source = parse(text)
    node = source.node_at(span.start, span.end)
    call = node.parent
    if call is None or call.type != "call" or call.child_by_field_name("function") != node:
        return None
    arguments = call.child_by_field_name("arguments")
    given = [] if arguments is None else arguments.named_children
    if arguments is not None and arguments.type == "generator_expression":
        given = [arguments]
    names = (one.child_by_field_name("name") for one in given if one.type == "keyword_argument")
    kinds = [one.type for one in given if one.type not in ("keyword_argument", "comment")]
    return Call(
        count=sum(kind not in _UNPACKED for kind in kinds),
        keywords=frozenset(source.word(name) for name in names if name is not None),
        open=any(kind in _UNPACKED for kind in kinds),
        awaited=call.parent is not None and call.parent.type == "await",
    )
