from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support import require
from tests.unit.wire.raw_server import Connection, RawServer, ask, chat, within
from understudy.core.failures import CallError, FailureCategory
from understudy.wire import Endpoint, transport
from understudy.wire.call import call

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("alone")


def place(url: str, proxy: str = "") -> Endpoint:
    return Endpoint(provider="acme", family="openai", base_url=url, proxy=proxy)


async def failure_of(url: str) -> tuple[FailureCategory, str]:
    with pytest.raises(CallError) as caught:
        await call(ask(), place(url), within(connect_s=2))
    return caught.value.failure.category, caught.value.failure.code


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def test_httpx_is_not_imported_before_a_call() -> None:
    code = (
        "import sys, understudy.wire.call, understudy.wire.get; "
        "print([name for name in ('httpx', 'httpcore', 'truststore') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_a_server_that_is_not_running_says_so() -> None:
    found = await failure_of(f"http://127.0.0.1:{free_port()}")
    assert found == (FailureCategory.PROVIDER_UNAVAILABLE, "not_running")


async def test_a_connection_that_did_not_stand_is_tried_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with RawServer(chat("x")) as server:
        await transport.prepare()
        import httpx

        opened: list[int] = []
        send = httpx.AsyncClient.send

        async def flaky(
            client: httpx.AsyncClient, request: httpx.Request, **options: bool
        ) -> httpx.Response:
            opened.append(1)
            if len(opened) == 1:
                raise httpx.ConnectError("All connection attempts failed")
            return await send(client, request, stream=options["stream"])

        monkeypatch.setattr(httpx.AsyncClient, "send", flaky)
        assert (await call(ask(), server.endpoint(), within())).text == "x"
        assert len(opened) == 2


async def test_a_name_that_does_not_exist_is_told_apart() -> None:
    category, code = await failure_of("http://does-not-exist.invalid/v1")
    assert category is FailureCategory.PROVIDER_UNAVAILABLE
    assert code == "dns"


async def test_a_server_that_speaks_no_tls_is_told_apart() -> None:
    async def babbles(connection: Connection) -> None:
        await connection.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    class Plain(RawServer):
        async def _connection(self, connection: Connection) -> None:
            await babbles(connection)
            connection.writer.close()

    async with Plain(b"") as server:
        assert await failure_of(f"https://localhost:{server.port}") == (
            FailureCategory.PROVIDER_UNAVAILABLE,
            "tls",
        )
        assert server.connections == 1, "TLS fails the same way each time."


@pytest.fixture
def unknown_authority(tmp_path: Path) -> ssl.SSLContext:
    """A server's context with a certificate that it signed itself."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    command = [require("openssl"), "req", *options, *files]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    unknown_authority: ssl.SSLContext,
) -> None:
    greeted: list[asyncio.StreamReader] = []

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greeted.append(reader)
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0, ssl=unknown_authority) as server:
        port = server.sockets[0].getsockname()[1]
        assert (await failure_of(f"https://localhost:{port}"))[1] == "tls"
    assert greeted == []


@pytest.mark.parametrize(
    "url", ["", "ftp://a.test", "http://", "http://a.test:port", "/v1", "http://[::1"]
)
async def test_an_address_that_is_none_is_a_failure(url: str) -> None:
    assert (await failure_of(url))[0] is FailureCategory.PROVIDER_UNAVAILABLE


async def test_loopback_never_goes_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, nowhere)
    async with RawServer(chat("x")) as server:
        for host in ("127.0.0.1", "localhost"):
            here = place(f"http://{host}:{server.port}", proxy=nowhere)
            assert (await call(ask(), here, within())).text == "x"


async def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    async with RawServer(chat("x")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        assert (await call(ask(), place("http://acme.test/v1"), within())).text == "x"
        (sent,) = proxy.asked
    assert sent.line == "POST http://acme.test/v1/chat/completions HTTP/1.1"


async def test_a_proxy_of_the_settings_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    async with RawServer(chat("x")) as proxy:
        there = place("http://acme.test/v1", proxy=proxy.url)
        assert (await call(ask(), there, within())).text == "x"


@pytest.mark.parametrize(
    "proxy", ["nonsense://u:secret-word@a.test", "socks5://u:secret-word@a.test"]
)
async def test_a_proxy_that_can_not_be_used_is_a_sentence_without_its_password(proxy: str) -> None:
    with pytest.raises(CallError) as caught:
        await call(ask(), place("http://acme.test", proxy=proxy), within())
    assert "secret-word" not in f"{caught.value.failure}"


async def test_a_password_of_netrc_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret-word\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    async with RawServer(chat("x")) as server:
        await call(ask(), server.endpoint(), within())
        assert "authorization" not in server.asked[0].headers


async def test_certificates_are_read_once_and_checked() -> None:
    await transport.prepare()
    context = transport._prepared()[1]
    assert context is transport._prepared()[1]
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


async def test_a_connect_that_takes_too_long_is_told_apart() -> None:
    with socket.socket() as sock, contextlib.ExitStack() as filled:
        sock.bind(("127.0.0.1", 0))
        sock.listen(0)
        port = sock.getsockname()[1]
        for _ in range(8):
            # Whoever does not accept lets further connections wait, once the queue is full.
            waiting = filled.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(("127.0.0.1", port))
        with pytest.raises(CallError) as caught:
            await call(ask(), place(f"http://127.0.0.1:{port}"), within(connect_s=0.2))
    assert caught.value.failure.category is FailureCategory.TIMEOUT
    assert caught.value.failure.code in {"timeout_connect", "timeout_first_token"}


async def test_closing_ends_every_connection() -> None:
    async with RawServer(chat("x")) as server:
        await call(ask(), server.endpoint(), within())
        await transport.close()
        await asyncio.wait_for(server.hung_up.wait(), 5)
