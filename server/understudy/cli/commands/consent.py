"""`understudy consent`: let a workspace's code be sent to a provider, or take that back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from understudy.cli import Command
from understudy.core.failures import BadRequestError
from understudy.core.plain_files import is_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from understudy.config.trust_record import TrustRecord


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "provider",
        nargs="?",
        metavar="PROVIDER",
        help="such as `anthropic`; with --revoke, all of them if none is named",
    )
    parser.add_argument(
        "path", type=Path, nargs="?", default=Path(), metavar="PATH", help="the workspace folder"
    )
    parser.add_argument("--list", action="store_true", help="print who may get which folder's code")
    parser.add_argument(
        "--revoke",
        action="store_true",
        help="take the consent back, and with it answers about dearer models",
    )


def _run(arguments: Namespace) -> int:
    from understudy.cli.text import printable
    from understudy.config.trust import load_record, save_record

    record, damage = load_record()
    if damage is not None:
        raise BadRequestError(f"{damage.message} `understudy trust` puts a new one in its place.")
    if arguments.list or (arguments.provider is None and not arguments.revoke):
        _print_all(record)
        return 0
    root, provider = arguments.path.resolve(), arguments.provider
    if arguments.revoke:
        save_record(record.without_cloud(root, provider))
        whom = "anywhere" if provider is None else f"to `{printable(provider)}`"
        sys.stdout.write(f"No code of `{printable(str(root))}` is sent {whom} any more.\n")
        return 0
    if not is_folder(root):
        raise BadRequestError(f"`{root}` is not a folder.")
    origin, where = _where(provider, root)
    save_record(record.with_cloud(root, provider, origin))
    sys.stdout.write(f"Code of `{printable(str(root))}` may be sent to `{provider}`{where}.\n")
    return 0


def _where(provider: str, root: Path) -> tuple[str, str]:
    """Where code for a provider goes: the origin, and the end of a sentence.

    Raises:
        BadRequestError: when nobody knows the provider, or where it is reached.
    """
    from understudy.cli.configured import configured
    from understudy.core.addresses import is_loopback, shown_origin
    from understudy.providers import all_providers, provider_named

    settings = configured(root).settings
    found = provider_named(provider, settings)
    if found is None:
        names = ", ".join(f"`{one}`" for one in sorted({*all_providers(), *settings.providers}))
        raise BadRequestError(f"There is no provider `{provider}`. Known: {names}.")
    address = found.address(settings)
    origin = shown_origin(address)
    if not origin:
        raise BadRequestError(f"`providers.{provider}.base_url` must say where it is reached.")
    if is_loopback(address):
        return origin, " if it hands it on; what stays on this machine needs no consent"
    return origin, f" ({address})"


def _print_all(record: TrustRecord) -> None:
    from understudy.cli.text import printable

    if not record.clouds:
        sys.stdout.write("No code is sent anywhere.\n")
    for root, agreed in sorted(record.takeovers):
        answer = "may always take over" if agreed else "never take over"
        sys.stdout.write(f"{printable(root)}  dearer models {answer}\n")
    for root, provider, origin in sorted(record.clouds):
        where = f"  {origin}" if origin else ""
        sys.stdout.write(f"{printable(root)}  {printable(provider)}{printable(where)}\n")


COMMAND = Command(
    id="consent",
    help="Let a workspace's code be sent to a provider, or take that back",
    configure=_configure,
    run=_run,
)
