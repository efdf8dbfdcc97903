"""Start the server on a transport and end it without a trace."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from understudy.lsp.app import App
from understudy.lsp.transport import serve_stdio, serve_tcp, serve_ws
from understudy.workspace.logs import start_log

if TYPE_CHECKING:
    from understudy.lsp.address import Address

CLOSE_S = 1.5
"""How long ending may take: what is still open then goes with the process."""
_IN_ORDER_S = 1.2
"""How long of that everything is closed in order."""


def serve(address: Address | None, log_level: str = "warning") -> int:
    """Serve one client and return the exit code that the specification demands.

    Args:
        address: where to listen; None for standard input and output.
        log_level: of the log on standard error.
    """
    start_log(log_level)
    try:
        return asyncio.run(_serve(address))
    except KeyboardInterrupt:
        return 130


async def _serve(address: Address | None) -> int:
    app = App()
    _leave_on_signals(app)
    try:
        if address is None:
            await serve_stdio(app.protocol)
        elif address.kind == "ws":
            await serve_ws(app.protocol, address.host, address.port, _listening)
        else:
            await serve_tcp(app.protocol, address.host, address.port, _listening)
    finally:
        _leave_for_certain(app)
        try:
            async with asyncio.timeout(_IN_ORDER_S):
                await app.close()
        except TimeoutError:
            logging.getLogger("understudy").warning("Some work did not end in time.")
    return app.protocol.exit_code


def _leave_for_certain(app: App) -> None:
    """End the process after `CLOSE_S`, whatever still runs.

    Python waits at its end for every thread of a pool, and one that reads from a dead network
    drive may never come back.
    """
    timer = threading.Timer(CLOSE_S, lambda: os._exit(app.protocol.exit_code))
    timer.daemon = True
    timer.start()


def _leave_on_signals(app: App) -> None:
    """End in order when the system asks for it, so that nothing is left behind."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            # Windows' loop knows no signals; there, the process is ended from outside.
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, app.protocol.exited.set)


def _listening(where: str) -> None:
    """Tell whoever started us where we listen: with port 0 nobody knows it yet."""
    sys.stderr.write(f"Listening on {where}\n")
    sys.stderr.flush()
