"""What is not there is not found, in Dutch; other methods and other host names are refused."""

import socket
from pathlib import Path

import httpx
import pytest

from tests.conftest import PROJECT
from tests.web.serving import served_chat
from web import texts
from web.http.doors import is_own_name

pytestmark = pytest.mark.server


@pytest.mark.parametrize(
    "path",
    [
        "/.env",
        "/app.py",
        "/nergens",
        "/a/b/c",
        "/apis",
        "/healthz.json",
        "/_stcore",
        "/_stcore/",
        "/_stcore/health/",
        "/_stcore/healthxyz",
        "/_stcore/host-config.json",
        "/_stcore/metrics",
        "/_stcore/streamzz",
        "/_stcore/stream/x",
        "/_stcore/upload_file/x/y",
        "/media/",
        "/media/none.png",
        "/media/a/b/none",
        "/media/%5C%5Cother%5Cshare",
        "/mediaz/none.png",
        "/component/",
        "/component/none",
        "/component/none/index.html",
        "/component/none/%2e%2e/%2e%2e/settings.py",
    ],
)
def test_an_unknown_path_is_a_dutch_404(fake_chat: str, path: str) -> None:
    answer = httpx.get(fake_chat + path)
    assert answer.status_code == 404
    assert f"<h1>Wegwijzer leren</h1>\n<p>{texts.NOT_FOUND}</p>" in answer.text
    assert "content-security-policy" in answer.headers
    back = answer.text.split('<a href="')[1].split('"')[0]
    assert httpx.URL(fake_chat + path).join(back).path == "/"


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", "/api/ask", "OPTIONS, POST"),
        ("PUT", "/api/ask", "OPTIONS, POST"),
        ("PUT", "/", "GET, HEAD"),
        ("POST", "/vraag", "GET, HEAD"),
        ("DELETE", "/healthz", "GET, HEAD"),
    ],
)
def test_a_method_that_a_path_does_not_take_names_those_that_it_does(
    fake_chat: str, method: str, path: str, allow: str
) -> None:
    answer = httpx.request(method, fake_chat + path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allow)
    if path.startswith("/api"):
        assert answer.json() == {"error": texts.NOT_ALLOWED}


def test_the_stream_of_the_chat_is_for_websockets_alone(fake_chat: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        answer = httpx.request(method, f"{fake_chat}/_stcore/stream")
        assert (answer.status_code, answer.headers["upgrade"]) == (426, "websocket")
    assert texts.NOT_ALLOWED in httpx.get(f"{fake_chat}/_stcore/stream").text


def test_what_streamlits_page_asks_for_is_there(fake_chat: str) -> None:
    known = ("/_stcore/health", "/_stcore/host-config")
    assert [httpx.get(fake_chat + path).status_code for path in known] == [200, 200]


def test_under_api_an_unknown_path_is_json(fake_chat: str) -> None:
    answer = httpx.get(f"{fake_chat}/api/nergens")
    assert (answer.status_code, answer.json()) == (404, {"error": texts.NOT_FOUND})


def test_a_slash_too_many_leads_to_the_page(fake_chat: str) -> None:
    answer = httpx.get(f"{fake_chat}/vraag/", follow_redirects=True)
    assert (answer.status_code, answer.url.path) == (200, "/vraag")


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("wegwijzer.example.nl", True),
        ("wegwijzer.example.nl:8501", True),
        ("WEGWIJZER.example.nl", True),
        ("127.0.0.1:8501", True),
        ("[::1]:8501", True),
        ("localhost", True),
        ("kwaad.nl", False),
        ("wegwijzer.example.nl.kwaad.nl", False),
        ("127.0.0.1.kwaad.nl", False),
        ("", False),
        ("[", False),
    ],
)
def test_with_a_list_only_listed_names_and_addresses_are_answered(host: str, *, own: bool) -> None:
    assert is_own_name(host, ("wegwijzer.example.nl",)) is own
    assert is_own_name(host, ())


def test_another_host_name_gets_nothing(tmp_path: Path) -> None:
    app = PROJECT / "tests" / "web" / "fake_app.py"
    listed = {"WEGWIJZER_HOSTS": "wegwijzer.example.nl, intern", "WEGWIJZER_METRICS": "true"}
    with served_chat(app, tmp_path, listed) as address:
        answer = httpx.get(f"{address}/vraag", headers={"host": "kwaad.nl"})
        assert answer.status_code == 421
        assert texts.OTHER_HOST in answer.text
        assert httpx.get(f"{address}/vraag", headers={"host": "intern"}).status_code == 200
        assert httpx.get(f"{address}/_stcore/metrics").status_code == 200


def test_a_client_that_leaves_in_mid_upload_leaves_no_stack_trace(tmp_path: Path) -> None:
    with served_chat(PROJECT / "tests" / "web" / "fake_app.py", tmp_path, {}) as address:
        url = httpx.URL(address)
        with socket.create_connection((url.host, url.port or 80)) as leaving:
            head = "POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            leaving.sendall(f"{head}Content-Length: 500\r\n\r\n{{".encode())
        assert httpx.post(f"{address}/api/ask", json={"question": "Welk type past?"}).status_code == 200
    assert "Traceback" not in (tmp_path / "log.txt").read_text(encoding="utf-8")
