"""What a process holds, as Linux tells it, and a chat server in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from settings import PROJECT

START_S, STOP_S = 180.0, 15.0
_POLL_S = 0.02
_PAGES_TO_MB = 4096 / 1024**2


@dataclass(frozen=True, slots=True)
class Footprint:
    """Resident memory, processor time used so far, threads and open files of a process."""

    memory_mb: float
    cpu_s: float
    threads: int
    handles: int


@dataclass(frozen=True, slots=True)
class ChatProcess:
    """A chat that runs in a process of its own, ready to answer."""

    address: str
    pid: int
    ready_s: float
    ready_cpu_s: float


def footprint(pid: int) -> Footprint:
    """Return what a process holds now; raise OSError when there is none, or where there is no /proc."""
    folder = Path("/proc") / str(pid)
    stat = (folder / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return Footprint(
        memory_mb=int((folder / "statm").read_text(encoding="ascii").split()[1]) * _PAGES_TO_MB,
        cpu_s=(int(stat[11]) + int(stat[12])) / 100,
        threads=int(stat[17]),
        handles=len(list((folder / "fd").iterdir())),
    )


@contextmanager
def served(index: Path, folder: Path, settings: Mapping[str, str]) -> Iterator[ChatProcess]:
    """Serve the chat on a free port until the block ends; raise RuntimeError if it never becomes ready."""
    port = free_port()
    given = {
        "WEGWIJZER_INDEX": str(index),
        "WEGWIJZER_FEEDBACK": str(folder / "feedback.sqlite3"),
        "WEGWIJZER_QUESTIONS_PER_MINUTE": "0",
        "WEGWIJZER_MESSAGES_PER_MINUTE": "0",
        "WEGWIJZER_REQUESTS_PER_MINUTE": "0",
        **settings,
    }
    command = ["env", *(f"{name}={value}" for name, value in given.items()), sys.executable, "-m"]
    command += ["streamlit", "run", "app.py", "--server.port", str(port), "--server.address", "127.0.0.1"]
    started = time.perf_counter()
    with (folder / "server.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, cwd=PROJECT, stdout=log, stderr=subprocess.STDOUT)  # noqa: S603 - our own app
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_until_ready(address, process, folder / "server.log")
            ready_s = time.perf_counter() - started
            yield ChatProcess(address, process.pid, ready_s, footprint(process.pid).cpu_s)
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_until_ready(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{address}/healthz", timeout=START_S).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(_POLL_S)
    raise RuntimeError(f"the chat did not become ready:\n{log.read_text(encoding='utf-8')}")
