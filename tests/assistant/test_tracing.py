"""LangChain's own tracing works for an operator who turns it on; without that there is none."""

import json
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from tests.assistant.conftest import MODEL
from tests.model_server import ScriptedServer, good_draft, let_pass

Command = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = [pytest.mark.model, pytest.mark.server]

ASKED = "Wat is een living lab?"
KEY = "sk-geheim-1234567890"
# Ask as a user does and print what of a tracer there is afterwards.
ASK = f"""
import gc, threading
from langchain_core.tracers.langchain import LangChainTracer
from langsmith import Client
from assistant.__main__ import main
main(["{ASKED}", "--json"])
tracers = [one for one in gc.get_objects() if isinstance(one, (LangChainTracer, Client))]
print([thread.name for thread in threading.enumerate()], tracers)
"""
RUN = re.compile(rb'\{"id":"[^\r\n]*"run_type":[^\r\n]*\}')


@dataclass
class Recorder:
    """What was sent to a server for traces."""

    address: str = ""
    bodies: list[bytes] = field(default_factory=list)

    @property
    def runs(self) -> dict[str, dict[str, str]]:
        """Return the runs that were sent, by name."""
        found = [json.loads(run) for body in self.bodies for run in RUN.findall(body)]
        return {run["name"]: run for run in found}


class _Handler(BaseHTTPRequestHandler):
    """Takes everything and asks for nothing."""

    recorder: ClassVar[Recorder]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # The name is the library's.
        """Say that there is nothing special about this server."""
        self._say_nothing()

    def do_POST(self) -> None:  # The name is the library's.
        """Keep what is sent."""
        self.recorder.bodies.append(self.rfile.read(int(self.headers["content-length"])))
        self._say_nothing()

    def _say_nothing(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    """Serve what records traces, on a free port of the loopback address."""
    made = Recorder()
    listener = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"recorder": made}))
    made.address = f"http://127.0.0.1:{listener.server_port}"
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    listener.shutdown()
    listener.server_close()
    thread.join()


def test_a_question_is_traced_with_the_models_call_in_it_and_without_its_key(
    recorder: Recorder, server: ScriptedServer, small_index: Path, command: Command, tmp_path: Path
) -> None:
    server.reply = good_draft
    let_pass(tmp_path / "exams.jsonl", MODEL, server.address)
    asked = command(
        "assistant",
        ASKED,
        WEGWIJZER_INDEX=str(small_index),
        WEGWIJZER_LLM=MODEL,
        WEGWIJZER_LLM_BASE_URL=server.address,
        WEGWIJZER_LLM_EXAMS=str(tmp_path / "exams.jsonl"),
        WEGWIJZER_LLM_USAGE=str(tmp_path / "usage.json"),
        OPENAI_API_KEY=KEY,
        LANGSMITH_TRACING="true",
        LANGSMITH_ENDPOINT=recorder.address,
        LANGSMITH_API_KEY="trace",
    )
    assert asked.returncode == 0, asked.stderr
    assert set(server.keys) == {f"Bearer {KEY}"}
    runs = recorder.runs
    assert set(runs) == {"RunnableSequence", "ChatOpenAI"}
    assert runs["ChatOpenAI"]["parent_run_id"] == runs["RunnableSequence"]["id"]
    sent = b"".join(recorder.bodies)
    assert ASKED.encode() in sent
    assert KEY.encode() not in sent


def test_by_default_nothing_is_traced_and_no_tracer_is_there(
    recorder: Recorder, small_index: Path, command: Command, tmp_path: Path
) -> None:
    (tmp_path / "ask_once.py").write_text(ASK, encoding="utf-8")
    asked = command(
        "ask_once",
        WEGWIJZER_INDEX=str(small_index),
        PYTHONPATH=str(tmp_path),
        LANGSMITH_ENDPOINT=recorder.address,
        LANGSMITH_API_KEY="trace",
    )
    assert asked.stdout.splitlines()[-1] == "['MainThread'] []", asked.stderr
    assert recorder.bodies == []
