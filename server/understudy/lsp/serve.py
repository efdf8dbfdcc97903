"""Start the server on a transport and end it without a trace."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING

from understudy.lsp.app import App
from understudy.lsp.transport import serve_stdio, serve_tcp, serve_ws

if TYPE_CHECKING:
    from understudy.lsp.address import Address

CLOSE_S = 1.5
"""How long ending may take: what is still open then goes with the process."""


def serve(address: Address | None, log_level: str = "warning") -> int:
    """Serve one client and return the exit code that the specification demands.

    Args:
        address: where to listen; None for standard input and output.
        log_level: of the log on standard error.
    """
    logging.basicConfig(
        stream=sys.stderr,
        level=log_level.upper(),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    # pygls logs whole messages, and with them the user's code.
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    try:
        return asyncio.run(_serve(address))
    except KeyboardInterrupt:
        return 130


async def _serve(address: Address | None) -> int:
    app = App()
    try:
        if address is None:
            await serve_stdio(app.protocol)
        elif address.kind == "ws":
            await serve_ws(app.protocol, address.host, address.port, _listening)
        else:
            await serve_tcp(app.protocol, address.host, address.port, _listening)
    finally:
        try:
            async with asyncio.timeout(CLOSE_S):
                await app.close()
        except TimeoutError:
            logging.getLogger("understudy").warning("Some work did not end in time.")
    return app.protocol.exit_code


def _listening(where: str) -> None:
    """Tell whoever started us where we listen: with port 0 nobody knows it yet."""
    sys.stderr.write(f"Listening on {where}\n")
    sys.stderr.flush()
