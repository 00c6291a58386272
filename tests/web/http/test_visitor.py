"""Visitors are counted by their own address: on a dual-stack socket, directly and behind a proxy."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from ssl import SSLContext, create_default_context

import httpx
import pytest

from evals.speed.chat import open_chat
from tests.conftest import PROJECT
from tests.web.serving import free_port, run, served_chat
from web import texts
from web.http.limits import Limiter
from web.http.visitor import plain_address

LIMIT = 3
QUESTION = "Welk type past?"
DUAL_STACK = {"STREAMLIT_SERVER_ADDRESS": "::", "WEGWIJZER_QUESTIONS_PER_MINUTE": str(LIMIT)}
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
OPENSSL = shutil.which("openssl")
DOCUMENTED = re.compile(r"^```nginx\n(.+?)^```", re.DOTALL | re.MULTILINE)
CERTIFICATE = (
    *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.crt"),
    *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
)
AROUND = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{}}
http {{
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  {documented}
}}
"""


@pytest.fixture(scope="module")
def dual_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of a chat that listens on `::` for both kinds of address, as `make run` does."""
    port = free_port()
    app = PROJECT / "tests" / "web" / "fake_app.py"
    with served_chat(app, tmp_path_factory.mktemp("dual-stack"), DUAL_STACK, port=port):
        yield port


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("", ""),
    ],
)
def test_an_ipv4_address_is_written_as_such(written: str, plain: str) -> None:
    assert plain_address(written) == plain


def test_ipv4_visitors_do_not_count_as_one_ipv6_network() -> None:
    limiter = Limiter(1, lambda: 0.0)
    assert limiter.wait_s("::ffff:192.0.2.1") == 0.0
    assert limiter.wait_s("::ffff:192.0.2.2") == 0.0
    assert limiter.wait_s("192.0.2.1") > 0


def statuses(
    address: str,
    source: str,
    headers: dict[str, str] | None = None,
    times: int = 1,
    trusted: SSLContext | None = None,
) -> list[int]:
    """Return the statuses of as many questions from a source address."""
    transport = httpx.HTTPTransport(local_address=source, verify=trusted or True)
    with httpx.Client(transport=transport, headers=headers, timeout=20) as client:
        body = {"question": QUESTION}
        return [client.post(f"{address}/api/ask", json=body).status_code for _ in range(times)]


async def told_in_chat(address: str, source: str, trusted: SSLContext, times: int = 1) -> list[str]:
    """Return what the chat says to as many questions from a source address: nothing where it answers."""
    said = []
    async with open_chat(address, ssl=trusted, local_addr=(source, 0)) as chat:
        for _ in range(times):
            try:
                await chat.ask(QUESTION)
                said.append("")
            except RuntimeError as error:
                said.append(str(error))
    return said


@pytest.mark.server
def test_one_busy_visitor_does_not_shut_out_another(dual_stack: int) -> None:
    address = f"http://127.0.0.1:{dual_stack}"
    assert statuses(address, "127.0.0.2", times=LIMIT + 1) == [*[200] * LIMIT, 429]
    assert statuses(address, "127.0.0.3") == [200]


@pytest.mark.server
def test_a_proxy_on_this_machine_is_believed_and_no_other(dual_stack: int) -> None:
    address = f"http://127.0.0.1:{dual_stack}"
    for visitor in ("192.0.2.1", "192.0.2.2"):
        asked = statuses(address, "127.0.0.1", {"x-forwarded-for": visitor}, LIMIT + 1)
        assert asked == [*[200] * LIMIT, 429]
    forged = [statuses(address, "127.0.0.4", {"x-forwarded-for": f"192.0.2.{n}"}) for n in range(9, 13)]
    assert forged == [*[[200]] * LIMIT, [429]]


@pytest.fixture
def behind_nginx(dual_stack: int, tmp_path: Path) -> Iterator[tuple[str, SSLContext]]:
    """Return the address of nginx before two chats, set up as documented, and what its certificate is."""
    if NGINX is None or OPENSSL is None:
        pytest.skip("nginx and openssl are no part of what the project needs")
    subprocess.run([OPENSSL, *CERTIFICATE], cwd=tmp_path, check=True, capture_output=True)
    port, second = free_port(), free_port()
    written = AROUND.format(folder=tmp_path, documented=_documented(tmp_path, port, (dual_stack, second)))
    (tmp_path / "nginx.conf").write_text(written, encoding="utf-8")
    trusted = create_default_context(cafile=tmp_path / "server.crt")
    app = PROJECT / "tests" / "web" / "fake_app.py"
    with (
        served_chat(app, tmp_path, DUAL_STACK, port=second),
        subprocess.Popen([NGINX, "-p", tmp_path, "-c", tmp_path / "nginx.conf"]) as process,
    ):
        try:
            _wait_for(f"https://127.0.0.1:{port}/healthz", trusted)
            yield f"https://127.0.0.1:{port}", trusted
        finally:
            process.terminate()


@pytest.mark.server
def test_visitors_behind_nginx_as_documented_are_counted_apart(
    behind_nginx: tuple[str, SSLContext], tmp_path: Path
) -> None:
    address, trusted = behind_nginx
    assert statuses(address, "127.0.0.21", times=LIMIT + 1, trusted=trusted) == [*[200] * LIMIT, 429]
    assert statuses(address, "127.0.0.22", trusted=trusted) == [200]
    assert httpx.get(f"{address}/vraag", params={"q": QUESTION}, verify=trusted).status_code == 200
    log = (tmp_path / "access.log").read_text(encoding="utf-8")
    assert '"GET /vraag" 200' in log
    assert "Welk" not in log


@pytest.mark.server
def test_questions_in_chats_behind_nginx_are_counted_with_those_over_the_api(
    behind_nginx: tuple[str, SSLContext],
) -> None:
    address, trusted = behind_nginx
    told = run(told_in_chat(address, "127.0.0.31", trusted, LIMIT + 1))
    assert told == [*[""] * LIMIT, f"no answer: {texts.TOO_MANY}"]
    assert statuses(address, "127.0.0.31", trusted=trusted) == [429]
    assert run(told_in_chat(address, "127.0.0.32", trusted)) == [""]


def _documented(folder: Path, port: int, chats: tuple[int, int]) -> str:
    """Return the configuration that docs/embedding.md gives, with the ports and files of a test."""
    (found,) = DOCUMENTED.findall((PROJECT / "docs" / "embedding.md").read_text(encoding="utf-8"))
    filled: dict[str, str] = {
        "127.0.0.1:8501;": f"127.0.0.1:{chats[0]};",
        "127.0.0.1:8502;": f"127.0.0.1:{chats[1]};",
        "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
        "# ssl_certificate and ssl_certificate_key go here.": (
            f"ssl_certificate {folder}/server.crt; ssl_certificate_key {folder}/server.key;"
        ),
        "/var/log/nginx/wegwijzer.log": f"{folder}/access.log",
    }
    text: str = found
    for before, after in filled.items():
        assert text.count(before) == 1
        text = text.replace(before, after)
    return text


def _wait_for(address: str, trusted: SSLContext) -> None:
    for _ in range(100):
        try:
            httpx.get(address, verify=trusted)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
