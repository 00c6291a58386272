"""Nothing goes off the machine: ingest and a batch run while any connection but loopback is refused."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]

# Python runs a module of this name before anything else.
GUARD = """
import ipaddress, os, socket

def _is_local(host):
    if host in ("localhost", "", None):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False

def _check(host):
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if not _is_local(host):
        with open(os.environ["TRIED"], "a", encoding="utf-8") as file:
            file.write(f"{host}\\n")
        raise OSError(f"refused by the test: {host}")

def _guarded(name):
    original = getattr(socket.socket, name)
    def call(self, *arguments):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check(arguments[-1][0])
        return original(self, *arguments)
    return call

def _guarded_lookup(name):
    original = getattr(socket, name)
    def call(host, *arguments, **options):
        _check(host)
        return original(host, *arguments, **options)
    return call

for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, _guarded(name))
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, name, _guarded_lookup(name))
"""
CALL_OUT = """
import socket
for reach in (
    lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
    lambda: socket.getaddrinfo("example.org", 443),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.2", 53)),
):
    try:
        reach()
    except OSError:
        continue
    raise SystemExit("not refused")
socket.getaddrinfo("localhost", 80)
"""


@pytest.fixture
def tried(tmp_path: Path) -> Path:
    """Return the file where the guard notes every address that was tried."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return tmp_path / "tried.txt"


@pytest.fixture
def guarded(command: Command, tried: Path, tmp_path: Path) -> Command:
    """Return a function that runs a command under the guard."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return command(*arguments, TRIED=str(tried), PYTHONPATH=str(tmp_path / "guard"))

    return run


def test_the_guard_refuses_and_notes_what_leaves_the_machine(
    guarded: Command, tried: Path, tmp_path: Path
) -> None:
    (tmp_path / "call_out.py").write_text(CALL_OUT, encoding="utf-8")
    called = guarded("call_out")
    assert called.returncode == 0, called.stderr
    assert tried.read_text(encoding="utf-8").split() == ["192.0.2.1", "example.org", "192.0.2.2"]


@pytest.mark.model
def test_ingest_and_a_batch_connect_to_nothing(
    small_corpus: Path, tmp_path: Path, guarded: Command, tried: Path
) -> None:
    index = tmp_path / "index"
    made = guarded("ingest", small_corpus, "--index", index)
    assert made.returncode == 0, made.stderr
    questions = tmp_path / "vragen.jsonl"
    rows = [{"id": "1", "question": "Wat is een living lab?"}, {"id": "2", "question": "Hallo!"}]
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    asked = guarded("assistant", "--batch", questions, "--index", index)
    assert asked.returncode == 0, asked.stderr
    assert [json.loads(line)["status"] for line in asked.stdout.splitlines()] == ["answered", "answered"]
    assert not tried.exists()
