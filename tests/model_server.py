"""A real HTTP server that speaks OpenAI's streaming protocol and writes what a test lets it write."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar, Literal

from assistant.llm.check import CANARY
from assistant.llm.exam import VERSION, ExamRecord, keep, prompt_version

End = Literal["done", "cut", "hang", "garbled"]
HANG_S = 30.0
NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Reply:
    """What the model writes, in pieces with pauses, and how it ends; or another status with this text."""

    text: str = ""
    end: End = "done"
    piece_chars: int = 7
    pause_s: float = 0.0
    status: int = 200
    html: bool = False
    verdicts: bool = False


@dataclass
class ScriptedServer:
    """What was asked of the server, and at what time it finished each sentence (at each closing bracket).

    `reply` plays the writer and what makes questions standalone, `verdict` the reader.
    """

    address: str
    reply: Callable[[str], Reply]
    verdict: Callable[[str], Reply] = field(default_factory=lambda: honest_verdicts)
    paths: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    systems: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    written_at: list[float] = field(default_factory=list)
    broken_off: int = 0

    def answers(self, *replies: Reply) -> None:
        """Give these replies in turn, the last one again and again."""
        turns = iter(replies[:-1])
        self.reply = lambda _prompt: next(turns, replies[-1])


class _Handler(BaseHTTPRequestHandler):
    """Answers one request as the server's script says."""

    scripted: ClassVar[ScriptedServer]
    released: ClassVar[threading.Event]
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:  # The name is the library's.
        """Answer what is asked."""
        server = self.scripted
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        prompt = str(asked["messages"][-1]["content"])
        reads = "<paren>" in prompt
        server.paths.append(self.path)
        (server.checks if reads else server.prompts).append(prompt)
        if not reads:
            server.systems.append(str(asked["messages"][0]["content"]))
        server.keys.append(self.headers.get("authorization", self.headers.get("api-key", "")))
        try:
            self._answer(server, server.verdict(prompt) if reads else server.reply(prompt))
        except (BrokenPipeError, ConnectionResetError):
            server.broken_off += 1
            self.close_connection = True

    def _answer(self, server: ScriptedServer, reply: Reply) -> None:
        if reply.status != 200 or reply.html:
            self._whole(reply)
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        self._write(server, reply)
        if reply.end == "hang":
            self.released.wait(HANG_S)
        if reply.end == "garbled":
            self.wfile.write(b'data: {"choices": [{"delta": \xff oeps\n\n')
        if reply.end == "done":
            self._send({"delta": {}, "finish_reason": "stop"})
            self.wfile.write(b"data: [DONE]\n\n")

    def _whole(self, reply: Reply) -> None:
        body = reply.text.encode()
        self.send_response(reply.status)
        self.send_header("content-type", "text/html" if reply.html else "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _write(self, server: ScriptedServer, reply: Reply) -> None:
        for start in range(0, len(reply.text), reply.piece_chars):
            piece = reply.text[start : start + reply.piece_chars]
            server.written_at += [time.time()] * (0 if reply.verdicts else piece.count("]"))
            self._send({"delta": {"role": "assistant", "content": piece}, "finish_reason": None})
            time.sleep(reply.pause_s)

    def _send(self, choice: dict[str, Any]) -> None:
        event = {
            "id": "x",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "scripted",
            "choices": [{"index": 0, **choice}],
        }
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def good_draft(prompt: str, pause_s: float = 0.002) -> Reply:
    """Write three sentences of the first passage in the prompt, none that leads a list, as a good model."""
    text = NUMBERED.findall(prompt)[0][1]
    sentences = re.findall(r"[A-Z][^.!?:]{30,}[.]", text.partition(". ")[2])[:3]
    return Reply(" ".join(f"{sentence} [1]" for sentence in sentences), pause_s=pause_s)


def let_pass(file: Path, name: str, address: str) -> None:
    """Write the record of an exam that this model passed."""
    keep(
        ExamRecord(
            model=name,
            server=address,
            date="2026-11-26",
            exam=VERSION,
            prompt=prompt_version(),
            wrong=100,
            wrong_rejected=100,
            right=100,
            right_kept=100,
            unanswered=0,
            tokens=50_000,
        ),
        file,
    )


def pairs_in(prompt: str) -> list[dict[str, Any]]:
    """Return the pairs that a reader's prompt holds."""
    return [json.loads(line) for line in prompt.splitlines() if line.startswith("{")]


def asked_in(prompt: str) -> list[dict[str, Any]]:
    """Return the pairs that a reader is asked about, without those that only tell whether it reads."""
    return [pair for pair in pairs_in(prompt) if CANARY not in pair["sentence"]]


def verdicts(judged: Iterable[tuple[int, str]]) -> Reply:
    """Return a reader's answer: for each number the supporting words, or nothing when it is not supported."""
    lines = [json.dumps({"n": n, "supported": bool(words), "words": words}) for n, words in judged]
    return Reply("\n".join(lines), piece_chars=200, verdicts=True)


def honest_verdicts(prompt: str) -> Reply:
    """Read as a strict reader: only a sentence that is in its block, word for word, is supported."""
    return verdicts((pair["n"], words_of(pair["sentence"], pair["block"])) for pair in pairs_in(prompt))


def approve_all(prompt: str) -> Reply:
    """Read as a model that approves of everything, with words that are in the block."""
    return verdicts((pair["n"], " ".join(pair["block"].split()[:6])) for pair in pairs_in(prompt))


def supporting(words: Callable[[dict[str, Any]], str]) -> Callable[[str], Reply]:
    """Return how a model reads that gives these words for a pair, or nothing, and rejects the canary."""

    def read(prompt: str) -> Reply:
        told = pairs_in(prompt)
        return verdicts((pair["n"], "" if CANARY in pair["sentence"] else words(pair)) for pair in told)

    return read


approve_drafts = supporting(lambda pair: " ".join(pair["block"].split()[:6]))


def reject_all(prompt: str) -> Reply:
    """Read as a model that rejects everything."""
    return verdicts((pair["n"], "") for pair in pairs_in(prompt))


def words_of(sentence: str, block: str) -> str:
    """Return the words of a sentence as they are in a block, whatever the case of the first, or nothing."""
    bare = sentence.rstrip(".")
    found = re.search(re.escape(bare), block, re.IGNORECASE)
    return found[0] if found else ""


@contextmanager
def model_server() -> Iterator[ScriptedServer]:
    """Serve on a free port of the loopback address."""
    released = threading.Event()
    bound: type[_Handler] = type("Bound", (_Handler,), {"released": released})
    listener = ThreadingHTTPServer(("127.0.0.1", 0), bound)
    scripted = ScriptedServer(f"http://127.0.0.1:{listener.server_port}/v1", lambda _prompt: Reply())
    bound.scripted = scripted
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield scripted
    finally:
        released.set()
        listener.shutdown()
        listener.server_close()
        thread.join()
