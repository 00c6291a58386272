"""A real HTTP server that speaks OpenAI's streaming protocol and writes what a test lets it write."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Literal

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


@dataclass
class ScriptedServer:
    """What was asked of the server, and at what time it finished each sentence (at each closing bracket)."""

    address: str
    reply: Callable[[str], Reply]
    paths: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
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
        server.paths.append(self.path)
        server.prompts.append(prompt)
        server.systems.append(str(asked["messages"][0]["content"]))
        server.keys.append(self.headers.get("authorization", self.headers.get("api-key", "")))
        try:
            self._answer(server, server.reply(prompt))
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
            server.written_at += [time.time()] * piece.count("]")
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
