"""Visitors are counted by their own address: on a dual-stack socket, directly and behind a proxy."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import PROJECT
from tests.web.serving import free_port, served_chat
from web.http.limits import Limiter
from web.http.visitor import plain_address

LIMIT = 3
DUAL_STACK = {"STREAMLIT_SERVER_ADDRESS": "::", "WEGWIJZER_QUESTIONS_PER_MINUTE": str(LIMIT)}
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://{backend};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
    }}
  }}
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


def statuses(address: str, source: str, headers: dict[str, str] | None = None, times: int = 1) -> list[int]:
    """Return the statuses of as many questions from a source address."""
    transport = httpx.HTTPTransport(local_address=source)
    with httpx.Client(transport=transport, headers=headers, timeout=20) as client:
        body = {"question": "Welk type past?"}
        return [client.post(f"{address}/api/ask", json=body).status_code for _ in range(times)]


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


@pytest.mark.server
def test_visitors_behind_nginx_are_counted_apart(dual_stack: int, tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if nginx is None:
        pytest.skip("nginx is not installed")
    port = free_port()
    written = NGINX.format(folder=tmp_path, port=port, backend=f"127.0.0.1:{dual_stack}")
    (tmp_path / "nginx.conf").write_text(written, encoding="utf-8")
    with subprocess.Popen([nginx, "-p", tmp_path, "-c", tmp_path / "nginx.conf"]) as process:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        address = f"http://127.0.0.1:{port}"
        assert statuses(address, "127.0.0.21", times=LIMIT + 1) == [*[200] * LIMIT, 429]
        assert statuses(address, "127.0.0.22") == [200]
        process.terminate()


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
