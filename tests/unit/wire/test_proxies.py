from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.unit.wire.raw_server import RawServer, ask, whole, within
from understudy.core.failures import CallError, FailureCategory
from understudy.wire import Endpoint, transport
from understudy.wire.call import call
from understudy.wire.proxies import proxy_of

if TYPE_CHECKING:
    from understudy.core.failures import Failure

pytestmark = pytest.mark.usefixtures("alone")


async def failure_of(url: str, proxy: str = "") -> Failure:
    endpoint = Endpoint(provider="acme", family="openai", base_url=url, proxy=proxy)
    with pytest.raises(CallError) as caught:
        await call(ask(), endpoint, within(connect_s=2))
    return caught.value.failure


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@pytest.mark.parametrize("name", ["http_proxy", "all_proxy"])
@pytest.mark.parametrize("proxy", ["garbage.invalid", "http://me:secret-word@garbage.invalid:3128"])
async def test_a_proxy_whose_name_is_not_known_is_named_and_not_the_server(
    name: str, proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, proxy)
    failure = await failure_of("http://acme.test/v1")
    assert failure.category is FailureCategory.PROVIDER_UNAVAILABLE
    assert failure.code == "proxy_away"
    assert failure.blame == "user"
    assert "The proxy on the way to `acme` can't be reached at `garbage.invalid" in failure.message
    assert "`network.proxy`" in failure.message
    assert "secret-word" not in f"{failure}"


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_is_not_running_is_named(scheme: str) -> None:
    port = free_port()
    failure = await failure_of(f"{scheme}://acme.test/v1", f"http://127.0.0.1:{port}")
    assert failure.code == "proxy_away"
    assert f"at `127.0.0.1:{port}`" in failure.message


async def test_a_server_that_the_proxy_is_not_for_is_told_as_without_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("no_proxy", "acme.invalid")
    assert (await failure_of("http://acme.invalid/v1")).code == "dns"
    monkeypatch.setenv("no_proxy", "*")
    await transport.close()
    assert (await failure_of("http://other.invalid/v1")).code == "dns"
    assert (await failure_of(f"http://127.0.0.1:{free_port()}/v1")).code == "not_running"


async def test_a_proxy_that_does_not_reach_the_server_is_there() -> None:
    async with RawServer(whole(b"no", 502)) as proxy:
        failure = await failure_of("https://acme.test/v1", proxy.url)
    assert failure.code == "connect"
    assert "acme.test" in failure.evidence.text


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_that_wants_a_password_says_so(scheme: str) -> None:
    refused = whole(b"<html></html>", 407, proxy_authenticate="Basic")
    async with RawServer(refused) as proxy:
        failure = await failure_of(f"{scheme}://llm.acme.example/v1", proxy.url)
    assert (failure.category, failure.code) == (FailureCategory.PROVIDER_UNAVAILABLE, "proxy")
    assert "name and a password" in failure.message


@pytest.mark.parametrize(
    "secret", ["pa[ss", "pa]ss", "s3[cr]3tpw", "12/rest", "12#rest", "12?rest", "p\u2105ss", "[bad"]
)
async def test_a_password_that_is_not_escaped_is_never_shown_and_ends_in_a_failure(
    secret: str,
) -> None:
    place = f"127.0.0.1:{free_port()}"
    failure = await failure_of("http://acme.test/v1", f"http://me:{secret}@{place}")
    assert failure.category is FailureCategory.PROVIDER_UNAVAILABLE
    told = f"{failure.message}{failure.evidence.text}".replace(place, "").replace("address", "")
    for part in ("me:", secret, "s3", "12", "rest", "ss"):
        assert part not in told


@pytest.mark.parametrize("proxy", ["http://[bad", "http://", "://", "[", "http://a b"])
async def test_a_proxy_of_the_environment_that_is_no_address_is_a_failure(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    failure = await failure_of("http://acme.invalid/v1")
    assert failure.category is FailureCategory.PROVIDER_UNAVAILABLE


@pytest.mark.parametrize(
    ("entry", "url", "is_used"),
    [
        ("192.0.2.2:9", "http://192.0.2.2:9/v1", False),
        ("192.0.2.2:9", "http://192.0.2.2:10/v1", True),
        ("192.0.2.2", "http://192.0.2.2:9/v1", False),
        ("acme.invalid:8443", "http://acme.invalid:8443/v1", False),
        (".acme.invalid", "http://acme.invalid/v1", True),
        (".acme.invalid", "http://llm.acme.invalid/v1", False),
        ("acme.invalid", "http://llm.acme.invalid/v1", False),
        ("me.invalid", "http://acme.invalid/v1", True),
        ("https://acme.invalid", "http://acme.invalid/v1", True),
        ("all://acme.invalid", "http://acme.invalid/v1", False),
        ("[", "http://acme.invalid/v1", False),
    ],
)
def test_it_is_known_whether_httpx_uses_the_proxy(
    entry: str, url: str, is_used: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    monkeypatch.setenv("no_proxy", entry)
    assert proxy_of(url) == ("proxy.invalid:3128" if is_used else "")
    if entry != "[":
        with httpx.Client() as client:
            chosen = client._transport_for_url(httpx.URL(url))
            assert (chosen is not client._transport) == is_used
