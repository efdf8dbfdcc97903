"""The log on standard error, without secrets.

Every record is masked when it is made, so that it does not matter which handler gets it. What ends
the process or a thread is printed past the log, and is masked on its way.
"""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

OWN = "understudy"
"""What the names of our own loggers begin with."""
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class MaskedRecord(logging.LogRecord):
    """A record whose text, traceback and stack hold no secret."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        try:
            text = self.getMessage()
        except (KeyError, TypeError, ValueError):
            # The library would print the arguments with its complaint.
            text = f"{self.msg} (without its arguments, which don't fit)"
        self.msg, self.args = _masked(text), None
        if self.exc_info:
            # Formatters take this text in place of making their own.
            self.exc_text = _masked(logging.Formatter().formatException(self.exc_info))
        if self.stack_info:
            self.stack_info = _masked(self.stack_info)


def start_log(level: str) -> None:
    """Log to standard error.

    Args:
        level: of our own loggers, such as `info`. Of libraries only warnings are logged, whatever
            it is: below that, their lines hold code, addresses and headers.
    """
    logging.setLogRecordFactory(MaskedRecord)
    logging.basicConfig(stream=sys.stderr, format=_FORMAT, level=logging.WARNING)
    own = logging.getLogger(OWN)
    own.setLevel(level.upper())
    logging.getLogger().setLevel(max(own.level, logging.WARNING))
    # pygls logs whole messages, and with them the user's code.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    sys.excepthook = _print_masked
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _print_thread


def _print_masked(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    import traceback

    sys.stderr.write(_masked("".join(traceback.format_exception(kind, error, trace))))


def _masked(text: str) -> str:
    # Its patterns take a while to compile, which the start of the server need not wait for.
    from understudy.workspace.secrets import mask

    return mask(text).text


def _print_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None and not issubclass(failed.exc_type, SystemExit):
        _print_masked(failed.exc_type, failed.exc_value, failed.exc_traceback)
