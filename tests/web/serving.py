"""Serve the chat: in this process for AppTest, or in a process of its own on a free port."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import PROJECT, process_environment
from web import service as service_module
from web.service import Asked, Service

START_S = 90.0  # A start takes 5 s, and more on a machine that is busy.
STOP_S = 10.0


@contextmanager
def service_of(open_assistant: Callable[[Service], Asked]) -> Iterator[Service]:
    """Give this process's service, started and settled, on an assistant of the test's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service_module, "open_assistant", open_assistant)
        service_module.current.cache_clear()
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
    script: Path, folder: Path, settings: Mapping[str, str], *, ready: bool = True
) -> Iterator[str]:
    """Serve a chat on a free port, with the project's config.toml, once it is ready or answers at all."""
    shutil.copytree(PROJECT / ".streamlit", folder / ".streamlit")
    port = free_port()
    log = (folder / "log.txt").open("w", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)],
        cwd=folder,
        env=process_environment({"STREAMLIT_SERVER_ADDRESS": "127.0.0.1", **settings}),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        yield _answering(f"http://127.0.0.1:{port}", process, folder / "log.txt", ready=ready)
    finally:
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _answering(address: str, process: "subprocess.Popen[bytes]", log: Path, *, ready: bool) -> str:
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
