"""Files of ours beside the journal, which are made when they are first needed."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from understudy.core.failures import UnavailableError
from understudy.core.replacing import replace_text
from understudy.workspace.file_lock import holding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def write_state(path: Path, text: str) -> None:
    """Write a file and, where it is missing, its folder: the whole text, or nothing of it. Blocks.

    Raises:
        UnavailableError: it can't be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, text)
    except OSError as error:
        raise UnavailableError(f"`{path}` can't be written: {error}") from error


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Have others wait who change the same file: what is read within this is what is replaced. Blocks.

    Args:
        lock: a file beside it.

    Raises:
        UnavailableError: another one changes it for too long, or there can't be a lock.
    """
    with ExitStack() as held:
        try:
            held.enter_context(holding(lock))
        except OSError as error:
            message = f"Nothing can be written in `{lock.parent}`: {error}"
            raise UnavailableError(message) from error
        yield
