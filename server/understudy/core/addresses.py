"""Addresses on the network: who stands behind one, and whether that is this machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of a URL, in lower case; empty and 0 for what is no URL of a host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "", "", 0
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").rstrip(".")
    return scheme, host, port or _PORTS.get(scheme, 0)


def shown_origin(url: str) -> str:
    """A URL's origin as text, such as `https://api.acme.com`; empty for what is no URL of a host.

    The port is left out where it is the scheme's own, so that equal origins are equal texts.
    """
    scheme, host, port = origin_of(url)
    if not scheme or not host:
        return ""
    name = f"[{host}]" if ":" in host else host
    return f"{scheme}://{name}" if port == _PORTS.get(scheme) else f"{scheme}://{name}:{port}"


def is_loopback(url: str) -> bool:
    """Whether a URL can only mean this machine. A name that a resolver decides about does not."""
    host = origin_of(url)[1]
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False
