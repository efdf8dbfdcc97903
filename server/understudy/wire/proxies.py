"""Through which proxy a request goes, and what may be said of it."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from understudy.core.addresses import is_loopback

if TYPE_CHECKING:
    from urllib.parse import SplitResult

_UNSAID = "\N{HORIZONTAL ELLIPSIS}"
_PLACE = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::\d{1,5})?(?=[/?#]|$)", re.ASCII)
_PORTS = {"http": 80, "https": 443}


def proxy_of(url: str, chosen: str = "") -> str:
    """The host and port of the proxy, without its password; empty where none is used.

    Args:
        url: what is asked for. Loopback is never asked for through a proxy.
        chosen: the proxy of the settings; without one, the environment is read as httpx reads it.
    """
    if is_loopback(url):
        return ""
    proxy = chosen or _of_environment(url)
    return _place_of_proxy(proxy) if proxy else ""


def host_of(url: str) -> str:
    """The host and port of an address, without what else may stand in it."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return ""


def _place_of_proxy(proxy: str) -> str:
    """Where it is; not said where it can't be told from a password that is not escaped."""
    found = _PLACE.match(proxy.rpartition("://")[2].rpartition("@")[2])
    return found[0] if found else _UNSAID


def _of_environment(url: str) -> str:
    from urllib.request import getproxies

    try:
        parts = urlsplit(url)
        known = getproxies()
        if any(_covers(entry.strip(), parts) for entry in known.get("no", "").split(",")):
            return ""
    except ValueError:
        return ""
    return known.get(parts.scheme) or known.get("all", "")


def _covers(entry: str, parts: SplitResult) -> bool:
    """Whether one entry of `NO_PROXY` names an address, by the rules of httpx.

    Source: https://www.python-httpx.org/advanced/transports/#routing
    """
    if entry == "*":
        return True
    scheme, _, place = entry.lower().rpartition("://")
    named = urlsplit(f"//{place}")
    name, host = named.hostname or "", (parts.hostname or "").lower()
    usual = None if parts.port == _PORTS.get(parts.scheme) else parts.port
    if scheme not in {"", "all", parts.scheme} or named.port not in {None, usual}:
        return False
    if name.startswith("*"):
        name = name[1:]
    elif scheme or name == "localhost" or _is_address(name):
        return name == host
    # A dot before it leaves out the domain itself.
    return bool(name) and (host.endswith(name) if name[0] == "." else _is_within(host, name))


def _is_within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
