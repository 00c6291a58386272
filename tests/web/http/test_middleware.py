"""Who may connect and what the page may load, on a chat that is really served."""

import gzip
import re

import httpx
import pytest
from playwright.sync_api import Page, Route, expect
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.web.fakes import FakeIndex
from tests.web.serving import run
from web import texts
from web.chat.component_host import script_address
from web.http.compress import CompressedStatic, takes_gzip
from web.http.files import STREAMLIT_FILES
from web.http.middleware import content_security_policy
from web.http.origins import same_origin
from web.shell.index_page import first, rewritten


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        (None, "chat.nl", True),
        ("https://chat.nl", "chat.nl", True),
        ("https://chat.nl", "chat.nl:443", True),
        ("http://localhost:8501", "localhost:8501", True),
        ("http://localhost:8502", "localhost:8501", False),
        ("https://chat.nl.kwaad.nl", "chat.nl", False),
        ("null", "chat.nl", False),
        ("https://chat.nl:onzin", "chat.nl", False),
    ],
)
def test_only_a_page_of_the_own_origin_may_open_a_socket(
    origin: str | None, host: str, *, allowed: bool
) -> None:
    headers = {"host": host} if origin is None else {"host": host, "origin": origin}
    assert same_origin(Headers(headers), "ws") is allowed


def test_a_strange_host_name_does_not_reach_the_policy() -> None:
    assert "kwaad" not in content_security_policy("kwaad.nl; script-src *")
    assert "wss://chat.nl:8501;" in content_security_policy("chat.nl:8501")


def test_only_listed_sites_may_frame_the_chat() -> None:
    assert content_security_policy("chat.nl").endswith("frame-ancestors 'self'")
    listed = content_security_policy("chat.nl", ("https://a.nl", "http://b.nl:8080"))
    assert listed.endswith("frame-ancestors 'self' https://a.nl http://b.nl:8080")


def test_before_the_chat_there_is_always_a_link_to_the_plain_page() -> None:
    link = f'<a href="./vraag">{texts.PLAIN_PAGE}</a>'
    assert [link in first("De gids", "Vraag maar.", some) for some in ([], ["Wat is dat?"])] == [True, True]


def test_the_index_page_becomes_dutch_and_ours() -> None:
    page = (
        '<html lang="en"><head><title>Streamlit</title><link rel="preload" href="./a.woff2" as="font"></head>'
        "<body><noscript>No</noscript></body></html>"
    )
    begun = first("De <gids>", "Vraag \\1.", ["Wat & hoe?"])
    assert '<ul><li><a href="./vraag?q=Wat+%26+hoe%3F">Wat &amp; hoe?</a></li></ul>' in begun
    headline = ("De <gids>", "Vraag \\1.", ["Wat & hoe?"])
    assert rewritten(page, "eigen", ("https://a.nl", "https://b.nl"), headline) == (
        '<html lang="nl"><head><title>De &lt;gids&gt;</title>'
        '<link rel="stylesheet" href="./eigen/tokens.css" />'
        '<link rel="stylesheet" href="./eigen/page.css" />'
        '<meta name="wegwijzer-embed" content="https://a.nl https://b.nl" />'
        '<script defer fetchpriority="high" src="./eigen/page.js"></script>'
        '<script defer fetchpriority="high" src="./eigen/embed.js"></script>'
        f'<script type="module" src="./{script_address()}"></script></head>'
        f"<body>{begun}"
        f'<noscript><p><a href="./vraag">{texts.NO_SCRIPT}</a></p></noscript></body></html>'
    )


@pytest.mark.server
def test_a_socket_from_another_site_is_refused(fake_chat: str) -> None:
    socket = f"{fake_chat.replace('http', 'ws')}/_stcore/stream"
    with pytest.raises(InvalidStatus) as refused, connect(socket, origin=Origin("https://kwaad.nl")):
        pass
    assert refused.value.response.status_code == 403
    with connect(socket, origin=Origin(fake_chat)):
        pass


@pytest.mark.server
def test_the_page_is_served_in_dutch_with_its_security_headers(fake_chat: str) -> None:
    answer = httpx.get(f"{fake_chat}/", headers={"accept-encoding": "identity"})
    assert '<html lang="nl">' in answer.text
    assert "Streamlit</title>" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.count("sha256-") == answer.text.count("<script>") == 1
    assert "frame-ancestors 'self'" in policy
    assert "cross-origin-resource-policy" not in answer.headers  # No other website may frame it.
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.server
def test_static_files_come_compressed_and_are_the_same_files(fake_chat: str) -> None:
    path = re.search(r'src="\.(/static/js/index[^"]+)"', httpx.get(f"{fake_chat}/").text)
    assert path is not None
    address = fake_chat + path[1]
    plain = httpx.get(address, headers={"accept-encoding": "identity"})
    for _again in range(2):
        with httpx.stream("GET", address, headers={"accept-encoding": "gzip"}) as answer:
            packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert len(packed) < len(plain.content) / 2
        assert gzip.decompress(packed) == plain.content
    part = httpx.get(address, headers={"range": "bytes=0-99"})
    assert (part.status_code, part.content) == (206, plain.content[:100])


@pytest.mark.server
@pytest.mark.parametrize(
    "path",
    [
        "/x/static/y.js",
        "/static/js/none.js",
        "/static/none",
        "/wegwijzer/none.js",
        "/x/widget.js",
        "/a.b",
        "/een-pagina",
        "/x/index.html",
    ],
)
def test_what_is_not_there_is_a_short_dutch_404_that_is_not_kept(fake_chat: str, path: str) -> None:
    answer = httpx.get(f"{fake_chat}{path}", headers={"accept-encoding": "identity"})
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert f"<h1>Wegwijzer leren</h1>\n<p>{texts.NOT_FOUND}</p>" in answer.text
    assert "<script" not in answer.text
    assert len(answer.content) < 700


@pytest.mark.server
def test_the_chat_is_at_the_root_and_at_its_file_name(fake_chat: str) -> None:
    root, named = (httpx.get(f"{fake_chat}{path}") for path in ("/", "/index.html"))
    assert (root.status_code, named.status_code) == (200, 200)
    assert root.text == named.text


def test_only_files_that_are_there_come_compressed() -> None:
    [file] = (STREAMLIT_FILES / "static" / "js").glob("rolldown-runtime.*.js")
    paths = [f"/static/js/{file.name}", f"/x/static/js/{file.name}", "/static/js/none.js", "/widget.js"]

    async def asked() -> list[str]:
        transport = httpx.ASGITransport(CompressedStatic(_long_text))
        async with httpx.AsyncClient(transport=transport, base_url="http://chat.nl") as client:
            return [(await client.get(path)).headers.get("content-encoding", "") for path in paths]

    assert run(asked()) == ["gzip", "", "", ""]


@pytest.mark.parametrize("accepted", ["gzip", "br, GZIP", "gzip;q=0.5", "gzip; q=1.0, br", "br;q=0,gzip"])
def test_gzip_is_sent_to_who_takes_it(accepted: str) -> None:
    assert takes_gzip(accepted)


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "br, gzip ; q=0.000", "not-gzip"])
def test_gzip_is_not_sent_to_who_refuses_it(accepted: str) -> None:
    assert not takes_gzip(accepted)


async def _long_text(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("a" * 10_000)(scope, receive, send)


@pytest.mark.server
def test_the_health_of_a_ready_chat_is_200(fake_chat: str) -> None:
    answer = httpx.get(f"{fake_chat}/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


MOST_BYTES = 700_000  # Of a first visit.


@pytest.mark.server
@pytest.mark.browser
def test_a_first_visit_is_light_and_loads_no_font(page: Page, fake_chat: str) -> None:
    seen: dict[str, str] = {}
    sizes: dict[str, int] = {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.requestWillBeSent", lambda e: seen.update({e["requestId"]: e["request"]["url"]}))
    network.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    page.goto(fake_chat)
    expect(page.get_by_role("textbox", name=texts.INPUT)).to_be_visible()
    expect(page.locator("#wegwijzer-eerst")).to_have_count(0)
    page.wait_for_timeout(1_500)
    assert [url for url in seen.values() if ".woff" in url] == []
    assert 100_000 < sum(sizes.values()) <= MOST_BYTES


@pytest.mark.server
@pytest.mark.browser
def test_what_was_typed_before_the_chat_was_there_is_in_its_input(page: Page, fake_chat: str) -> None:
    held: list[Route] = []
    page.route(re.compile(r"chat\.js|ChatInput"), lambda route: held.append(route))
    page.goto(fake_chat, wait_until="commit")
    page.get_by_label(texts.ASK_HERE).fill("Welk type past?")
    for route in held:
        route.continue_()
    expect(page.get_by_role("textbox", name=texts.INPUT)).to_have_value("Welk type past?")
    expect(page.get_by_role("textbox", name=texts.INPUT)).to_be_focused()
    expect(page.locator("#wegwijzer-eerst")).to_have_count(0)


@pytest.mark.server
@pytest.mark.browser
def test_who_does_not_wait_for_the_chat_gets_the_answer_as_a_page(page: Page, fake_chat: str) -> None:
    page.route(re.compile(r"/static/js/|chat\.js"), lambda route: route.abort())
    page.goto(fake_chat)
    page.get_by_label(texts.ASK_HERE).fill("Welk type past?")
    page.get_by_role("button", name=texts.SEND).click()
    expect(page.get_by_role("heading", name=texts.WORDS["answer"], exact=True)).to_be_visible()
    expect(page).to_have_url(f"{fake_chat}/vraag?q=Welk+type+past%3F")


@pytest.mark.server
def test_without_streamlits_scripts_there_is_text_and_a_way_to_ask(fake_chat: str) -> None:
    answer = httpx.get(f"{fake_chat}/", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    index = FakeIndex()
    lead = texts.lead(index.about, advises=True)
    assert first("Wegwijzer leren", lead, index.suggestions) in answer.text
    assert answer.text.index("page.js") < answer.text.index('type="module"')
