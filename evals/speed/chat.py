"""One conversation over the WebSocket protocol of the chat, as a browser holds it, without a browser."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE_S = 60.0
MOST_BYTES = 32 * 1024**2
OWN_PROTOCOL = Subprotocol("streamlit")


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a visitor waits for the first sign of an answer, where that comes apart, and for all of it."""

    first_s: float | None
    full_s: float


@asynccontextmanager
async def open_chat(address: str, **given: Any) -> AsyncIterator["Chat"]:  # noqa: ANN401  # As `connect` takes.
    """Open the page and wait until it is there; leave without a word, as who closes the page does.

    What more is given goes to the connection, such as the `local_addr` that it comes from.
    """
    async with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        origin=Origin(address),
        subprotocols=[OWN_PROTOCOL],
        max_size=MOST_BYTES,
        max_queue=None,  # What is not read yet must not hold up the goodbye.
        ping_interval=None,
        open_timeout=PATIENCE_S,
        **given,
    ) as socket:
        chat = Chat(socket)
        await socket.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        async with asyncio.timeout(PATIENCE_S):
            while not (await chat.finished() and chat.input_id):
                pass
        yield chat


@dataclass(slots=True)
class Chat:
    """A visitor with an open page."""

    socket: ClientConnection
    input_id: str = ""

    async def ask(self, text: str) -> Wait:
        """Ask a question and wait for its answer; raise TimeoutError when none comes."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.input_id
        state.chat_input_value.data = text
        started = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        first = 0.0
        async with asyncio.timeout(PATIENCE_S):
            while True:
                turn = _turn(await self._receive(), text)
                if turn and not first:
                    first = time.perf_counter() - started
                if turn and "answer" in turn:
                    return Wait(first, time.perf_counter() - started)
                if turn and "failure" in turn:
                    raise RuntimeError(f"no answer: {turn['failure']}")

    async def finished(self) -> bool:
        """Read one message; return whether it ends a run of the page."""
        message = await self._receive()
        element = message.delta.new_element
        if element.WhichOneof("type") == "chat_input":
            self.input_id = element.chat_input.id
        return message.WhichOneof("type") == "script_finished"

    async def _receive(self) -> ForwardMsg:
        message = ForwardMsg()
        message.ParseFromString(bytes(await self.socket.recv(decode=False)))
        return message


def _turn(message: ForwardMsg, question: str) -> dict[str, Any] | None:
    """Return the data of the turn that shows this question last, or None for another message."""
    element = message.delta.new_element
    if element.WhichOneof("type") != "bidi_component":
        return None
    (data,) = json.loads(element.bidi_component.json)
    mine = data.get("kind") == "turn" and data["last"] and data["question"] == question
    return data if mine else None
