"""The network. The only module that knows httpx, which is imported with the first call.

One client per proxy keeps its connections for the next call. Redirects are not followed, cookies
are not kept, and nothing is read from `.netrc`: a key goes to the address that it was cleared for.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import sys
import threading
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from understudy import __version__
from understudy.core.addresses import is_loopback
from understudy.wire.inflate import inflated
from understudy.wire.proxies import host_of, proxy_of
from understudy.wire.trouble import TroubleError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from types import ModuleType

    import httpx

    from understudy.failures.network import Trouble

_KEEP_ALIVE_S = 60.0
_MAX_IDLE_CONNECTIONS = 16
_UNKNOWN_TO_PROXY = "407"
"""How a proxy answers that is asked for a connection without the name and password it wants."""

_lock = threading.Lock()
_clients: WeakKeyDictionary[
    asyncio.AbstractEventLoop, dict[tuple[str, bool], httpx.AsyncClient]
] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request as bytes.

    Attributes:
        headers: they hold the key.
        proxy: the proxy's URL; empty for what the environment says. Loopback never uses one.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    content: bytes | None = field(default=None, repr=False)
    proxy: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A reply whose body is still on its way.

    Attributes:
        headers: names in lower case.
        chunks: the body, decompressed; to be read once.
    """

    status: int
    headers: Mapping[str, str]
    chunks: AsyncIterator[bytes]


async def prepare() -> None:
    """Import httpx and read the system's certificates, off the event loop.

    It takes about 0.2 s the first time. A server calls it when it has time, the first call does it
    otherwise.
    """
    if _prepared.cache_info().currsize == 0:
        await asyncio.to_thread(_prepare)


@asynccontextmanager
async def send(outgoing: Outgoing, connect_s: float) -> AsyncIterator[Incoming]:
    """Send a request; the reply's body may be read inside the block, and ends with it.

    A connection that does not come to stand is tried once more at once. Nothing else is repeated.

    Raises:
        TroubleError: whatever goes wrong on the network, inside the block too.
    """
    await prepare()
    httpx = _prepared()[0]
    try:
        client = _client(outgoing)
        response = await _open(client, outgoing, connect_s)
        try:
            chunks: AsyncIterator[bytes] = response.aiter_raw()
            encoding = response.headers.get("content-encoding", "identity").strip().lower()
            if encoding not in {"", "identity"}:
                chunks = inflated(chunks, encoding)
            yield Incoming(response.status_code, dict(response.headers), chunks)
        finally:
            await response.aclose()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _trouble(error, outgoing) from None


async def close() -> None:
    """End all connections of this event loop."""
    clients = _clients.pop(asyncio.get_running_loop(), {})
    for client in clients.values():
        await client.aclose()


async def _open(client: httpx.AsyncClient, outgoing: Outgoing, connect_s: float) -> httpx.Response:
    httpx = _prepared()[0]
    # A cookie could only tell one call from the next; none is ever sent back.
    client.cookies.clear()
    request = client.build_request(
        outgoing.method,
        outgoing.url,
        headers=outgoing.headers,
        content=outgoing.content,
        timeout=httpx.Timeout(None, connect=connect_s),
    )
    try:
        return await client.send(request, stream=True)
    except httpx.ConnectError as error:
        if _connect_kind(error) == "tls":
            raise
    return await client.send(request, stream=True)


def _client(outgoing: Outgoing) -> httpx.AsyncClient:
    httpx, context = _prepared()
    clients = _clients.setdefault(asyncio.get_running_loop(), {})
    local = is_loopback(outgoing.url)
    proxy = "" if local else outgoing.proxy
    client = clients.get((proxy, local))
    if client is None:
        try:
            client = httpx.AsyncClient(
                verify=context,
                proxy=proxy or None,
                trust_env=not local and not proxy,
                headers={
                    "accept-encoding": "identity",
                    "user-agent": f"understudy/{__version__}",
                },
                limits=httpx.Limits(
                    max_connections=None,
                    max_keepalive_connections=_MAX_IDLE_CONNECTIONS,
                    keepalive_expiry=_KEEP_ALIVE_S,
                ),
                follow_redirects=False,
            )
        except (ImportError, ValueError, httpx.InvalidURL):
            # The message would show the proxy's URL, which may hold a password.
            raise TroubleError("connect", "a proxy whose address can't be used") from None
        clients[proxy, local] = client
    return client


def _trouble(error: Exception, outgoing: Outgoing) -> TroubleError:
    """What an error of httpx means. Its text is kept out where it could repeat the request.

    The text is whole: whoever cuts it has to look for secrets before.
    """
    httpx = _prepared()[0]
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return TroubleError("connect", "an address that is no URL of a server")
    if isinstance(error, httpx.LocalProtocolError):
        return TroubleError("malformed", "a request that HTTP has no way to write")
    if isinstance(error, httpx.ConnectTimeout | httpx.ConnectError | httpx.ProxyError):
        return _unconnected(error, outgoing)
    return TroubleError("reset", str(error))


def _unconnected(error: Exception, outgoing: Outgoing) -> TroubleError:
    """Why there is no connection. Behind a proxy, only the proxy is looked up and connected to here."""
    httpx = _prepared()[0]
    proxy = proxy_of(outgoing.url, outgoing.proxy)
    if isinstance(error, httpx.ConnectTimeout):
        if proxy:
            return TroubleError("proxy_away", f"{proxy}: it took no connection in time")
        return TroubleError("timeout_connect")
    kind, place = _connect_kind(error), host_of(outgoing.url)
    if proxy and kind in {"connect", "dns"} and isinstance(error, httpx.ConnectError):
        kind, place = "proxy_away", proxy
    return TroubleError(kind, f"{place}: {error}")


def _connect_kind(error: BaseException) -> Trouble:
    if str(error).startswith(_UNKNOWN_TO_PROXY):
        return "proxy"
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return "tls"
        if isinstance(cause, socket.gaierror):
            return "dns"
    return "connect"


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    for _ in range(8):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or cause.__context__


def _prepare() -> None:
    with _lock:
        _prepared()


@cache
def _prepared() -> tuple[ModuleType, ssl.SSLContext]:
    """httpx, and the one TLS context of all clients."""
    import httpx

    # Their lines below warnings hold addresses and headers, in which a server may echo a key.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx, _tls_context()


def _tls_context() -> ssl.SSLContext:
    """A context that trusts what the operating system trusts.

    On Linux, truststore reads the system's certificates again for every connection, on the event
    loop and for about 40 ms; OpenSSL's own defaults are the same certificates, and are read once.
    """
    if sys.platform == "linux":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_default_certs()
        if context.cert_store_stats()["x509_ca"]:
            return context
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
