"""A real Chroma server on the loopback address, that tests start, stop and start again."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import chromadb
import httpx
from chromadb.api import ClientAPI

from tests.web.serving import free_port

START_S = 90.0
STOP_S = 10.0


class ChromaProcess:
    """A server on a folder and a port of its own."""

    def __init__(self, folder: Path) -> None:
        """Choose a port; nothing starts yet."""
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._client: ClientAPI | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it and wait until it answers; return the moment it first did."""
        program = shutil.which("chroma", path=str(Path(sys.executable).parent)) or "chroma"
        self._process = subprocess.Popen(
            [program, "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{self.url}/api/v2/heartbeat").is_success:
                    return time.monotonic()
            except httpx.TransportError:
                time.sleep(0.02)
        raise RuntimeError("the Chroma server did not start")

    @property
    def client(self) -> ClientAPI:
        """Return a client of the test's own, to look at what the server holds."""
        if self._client is None:
            self._client = chromadb.HttpClient(host="127.0.0.1", port=self.port)
        return self._client

    def stop(self, *, killed: bool = False) -> None:
        """Stop it, or kill it."""
        if self._client is not None:
            self._client._server._session.close()  # type: ignore[attr-defined]
            self._client = None
        if self._process is None:
            return
        self._process.kill() if killed else self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None


@contextmanager
def chroma_server(folder: Path) -> Iterator[ChromaProcess]:
    """Give a server that runs, and stop it at the end."""
    server = ChromaProcess(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
