"""Serve the chat: in this process for AppTest, or in a process of its own on a free port."""

import asyncio
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from starlette.applications import Starlette

from tests.conftest import PROJECT, process_environment
from web import service as service_module
from web.http.limits import question_limit
from web.ready import ChatAssistant
from web.server import routes
from web.service import Service

START_S = 90.0  # A start takes 5 s, and more on a machine that is busy.
STOP_S = 10.0
T = TypeVar("T")
OWN, LISTED, STRANGER = "http://chat.nl", "https://www.gemeente.nl", "https://kwaad.nl"  # Sites that ask.
OWN_ADDRESS = {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}


@contextmanager
def service_of(open_assistant: Callable[[Service], ChatAssistant]) -> Iterator[Service]:
    """Give this process's service, started and settled, on an assistant of the test's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service_module, "open_assistant", open_assistant)
        service_module.current.cache_clear()
        question_limit.cache_clear()
        made = settled(service_module.current())
        yield made
        made.close()
        service_module.current.cache_clear()


def settled(service: Service) -> Service:
    """Start a service and wait until it is ready or failed."""
    service.start()
    deadline = time.monotonic() + START_S
    while service.readiness.phase not in ("ready", "failed") and time.monotonic() < deadline:
        time.sleep(0.005)
    return service


@contextmanager
def served_chat(
    script: Path, folder: Path, settings: Mapping[str, str], *, ready: bool = True, port: int = 0
) -> Iterator[str]:
    """Serve a chat on this or a free port, with the project's settings, once it is ready or answers."""
    shutil.copytree(PROJECT / ".streamlit", folder / ".streamlit", dirs_exist_ok=True)
    port = port or free_port()
    log = (folder / "log.txt").open("w", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)],
        cwd=folder,
        env=process_environment({**OWN_ADDRESS, "WEGWIJZER_FEEDBACK": str(folder / "thumbs"), **settings}),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        yield answering(f"http://127.0.0.1:{port}", process, folder / "log.txt", ready=ready)
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: Playwright keeps a loop running in the thread of the tests."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def request(path: str, method: str = "POST", **given: object) -> httpx.Response:
    """Send one request to the application, in this process."""

    async def sent() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=routes()))
        async with httpx.AsyncClient(transport=transport, base_url=OWN) as client:
            return await client.request(method, path, **given)  # type: ignore[arg-type]

    return run(sent())


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def answering(address: str, process: "subprocess.Popen[bytes]", log: Path, *, ready: bool) -> str:
    """Return the address when it answers, and where asked when it is ready."""
    deadline = time.monotonic() + START_S
    status = "no answer"
    while status != "failed" and time.monotonic() < deadline and process.poll() is None:
        try:
            status = httpx.get(f"{address}/healthz").json()["status"]
        except httpx.TransportError:
            status = "no answer"
        if status == "ready" or (status != "no answer" and not ready):
            return address
        time.sleep(0.1)
    raise RuntimeError(f"the chat did not become ready: {status}\n{log.read_text(encoding='utf-8')}")
