"""`understudy serve`: the language server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from understudy.cli import Command

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def _configure(parser: ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--stdio", action="store_true", help="standard input and output (default)")
    where.add_argument("--tcp", metavar="HOST:PORT", help="listen for one client on TCP")
    where.add_argument("--ws", metavar="HOST:PORT", help="listen for one client on WebSocket")
    parser.add_argument(
        "--allow-remote", action="store_true", help="listen on addresses other than loopback"
    )
    parser.add_argument(
        "--log-level",
        default="warning",
        choices=("debug", "info", "warning", "error"),
        help="of the log on standard error (default: warning)",
    )
    # Some editors hand every server their own process id.
    parser.add_argument("--clientProcessId", dest="client", type=int, metavar="PID", help="ignored")


def _run(arguments: Namespace) -> int:
    from understudy.lsp.address import read_address
    from understudy.lsp.serve import serve

    address = None
    if arguments.tcp is not None:
        address = read_address("tcp", arguments.tcp, allow_remote=arguments.allow_remote)
    elif arguments.ws is not None:
        address = read_address("ws", arguments.ws, allow_remote=arguments.allow_remote)
    return serve(address, arguments.log_level)


COMMAND = Command(id="serve", help="run the language server", configure=_configure, run=_run)
