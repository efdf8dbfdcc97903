"""Who a prompt is for, in the words of fragments; and a prompt that can't be made as a failure."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from understudy.core.failures import CallError, Evidence, Failure, FailureCategory
from understudy.models.families import lineage
from understudy.prompt.choosing import Addressee
from understudy.prompt.trouble import FragmentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from understudy.models.registry import Model
    from understudy.models.tokens import TokenCounter
    from understudy.tasks import Task


def addressee(
    task: Task, model: Model | None, counter: TokenCounter | None, edit_format: str = ""
) -> Addressee:
    """Who is asked for what.

    Args:
        task: what the user asked for.
        model: None where it is not known yet.
        counter: counts the model's tokens; None for a rough count.
        edit_format: how the answer is to be written.
    """
    to = Addressee(task=task.id, role=task.role, edit_format=edit_format)
    if model is None:
        return to
    return Addressee(
        task=task.id,
        role=task.role,
        model=model.id,
        family=lineage(model.name),
        provider=model.provider,
        capabilities=model.capabilities,
        edit_format=edit_format,
        count=counter.most if counter is not None else to.count,
    )


@contextmanager
def as_failure() -> Iterator[None]:
    """A prompt that can't be put together ends the question before anything is sent.

    Raises:
        CallError: instead of a `FragmentError`.
    """
    try:
        yield
    except FragmentError as error:
        failure = Failure(
            category=FailureCategory.UNKNOWN,
            phase="request",
            blame="user",
            message=str(error),
            code="fragment",
            advice="stop",
            evidence=Evidence("fragments", str(error)[:200]),
            fingerprint="unknown:fragment",
        )
        raise CallError(failure) from error
