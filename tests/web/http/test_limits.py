"""A short burst passes, a flood waits, and addresses do not wait for each other."""

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from settings import load_settings
from tests.web.serving import run
from web import texts
from web.http import limits as limit
from web.http.limits import Limiter
from web.http.middleware import LimitedRequests, SteadyMessages


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def test_a_bucket_empties_and_fills_again() -> None:
    clock = Clock()
    limiter = Limiter(60, clock)
    assert [limiter.wait_s("1.2.3.4") for _ in range(60)] == [0.0] * 60
    assert limiter.wait_s("1.2.3.4") == pytest.approx(1.0)
    assert limiter.wait_s("1.2.3.5") == 0.0
    clock.now = 0.5
    assert limiter.wait_s("1.2.3.4") == pytest.approx(0.5)
    clock.now = 1.0
    assert limiter.wait_s("1.2.3.4") == 0.0
    clock.now = 1_000.0
    assert [bool(limiter.wait_s("1.2.3.4")) for _ in range(61)] == [False] * 60 + [True]


def test_zero_is_no_limit() -> None:
    assert not any(Limiter(0).wait_s("1.2.3.4") for _ in range(1_000))


def test_addresses_of_one_ipv6_network_count_together() -> None:
    limiter = Limiter(1, Clock())
    assert limiter.wait_s("2001:db8::1") == 0.0
    assert limiter.wait_s("2001:db8::ffff:2") > 0
    assert limiter.wait_s("2001:db8:0:1::1") == 0.0


def test_the_quietest_address_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limit, "MOST_ADDRESSES", 2)
    limiter = Limiter(1, Clock())
    for address in ("a", "b", "c"):
        limiter.wait_s(address)
    assert limiter.wait_s("c") > 0
    assert limiter.wait_s("a") == 0.0


def test_requests_beyond_the_limit_are_refused_in_dutch_and_files_do_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WEGWIJZER_REQUESTS_PER_MINUTE", "2")
    load_settings.cache_clear()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("goed")(scope, receive, send)

    async def asked() -> list[httpx.Response]:
        limited = httpx.ASGITransport(LimitedRequests(app), client=("1.2.3.4", 1))
        async with httpx.AsyncClient(transport=limited, base_url="http://chat.nl") as client:
            files = [await client.get("/wegwijzer/page.js") for _ in range(3)]
            pages = [await client.get("/", headers={"accept": "text/html"}) for _ in range(3)]
            others = [await client.get(path) for path in ("/healthz", "/x/static/js/a.js")]
            return [*files, *pages, *others]

    *files, first, second, refused, health, no_file = run(asked())
    assert {answer.status_code for answer in (*files, first, second, health)} == {200}
    assert {answer.status_code for answer in (refused, no_file)} == {429}
    assert f"<p>{texts.TOO_MANY_REQUESTS}</p>" in refused.text
    assert 1 <= int(refused.headers["retry-after"]) <= 30


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml;q=0.9", "*/*", "text/event-stream"])
@pytest.mark.parametrize("path", ["/api", "/api/ask", "/api/keuzehulp", "/api/nergens"])
def test_under_api_the_refusal_is_json_whatever_is_accepted(
    monkeypatch: pytest.MonkeyPatch, path: str, accept: str
) -> None:
    monkeypatch.setenv("WEGWIJZER_REQUESTS_PER_MINUTE", "1")
    load_settings.cache_clear()

    async def asked() -> list[httpx.Response]:
        limited = httpx.ASGITransport(LimitedRequests(PlainTextResponse("goed")), client=("1.2.3.4", 1))
        async with httpx.AsyncClient(transport=limited, base_url="http://chat.nl") as client:
            return [await client.post(path, headers={"accept": accept}) for _ in range(2)]

    first, refused = run(asked())
    assert (first.status_code, refused.status_code) == (200, 429)
    assert refused.json() == {"error": texts.TOO_MANY_REQUESTS}
    assert refused.headers["cache-control"] == "no-store"


def test_messages_beyond_the_limit_come_later_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEGWIJZER_MESSAGES_PER_MINUTE", "2")
    load_settings.cache_clear()
    waits: list[float] = []

    async def note(wait_s: float) -> None:
        waits.append(wait_s)
        clock.now += wait_s

    monkeypatch.setattr("web.http.middleware.asyncio.sleep", note)
    clock = Clock()
    received: list[Message] = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            received.append(message)

    sent: list[Message] = [{"type": "websocket.connect"}]
    sent += [{"type": "websocket.receive", "bytes": bytes([n])} for n in range(4)]
    sent += [{"type": "websocket.disconnect"}]
    coming = iter(sent)

    async def receive() -> Message:
        return next(coming)

    async def send(_message: Message) -> None:
        raise AssertionError("nothing is sent")

    steady = SteadyMessages(app)
    monkeypatch.setattr(steady, "_limit", Limiter(2, clock))
    run(steady({"type": "websocket", "client": ("1.2.3.4", 1)}, receive, send))
    assert received == sent[:-1]
    assert waits == [pytest.approx(30.0)] * 3
