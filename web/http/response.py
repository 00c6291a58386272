"""Collect a whole response, for middleware that changes its body."""

from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(slots=True)
class Response:
    """A response as collected: its start message, whose headers can be changed, and its body."""

    start: Message
    body: bytes

    @property
    def headers(self) -> MutableHeaders:
        """Return the headers; a change shows in what is sent."""
        return MutableHeaders(raw=self.start["headers"])

    async def send(self, send: Send) -> None:
        """Send it on, with the length that its body has now."""
        self.headers["content-length"] = str(len(self.body))
        await send(self.start)
        await send({"type": "http.response.body", "body": self.body})


async def collect(app: ASGIApp, scope: Scope, receive: Receive, without: frozenset[bytes]) -> Response:
    """Return the whole response of an application to a request that is stripped of some headers."""
    start: Message = {}
    parts: list[bytes] = []

    async def keep(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = {**message, "headers": list(message["headers"])}
        else:
            parts.append(message.get("body", b""))

    headers = [(name, value) for name, value in scope["headers"] if name not in without]
    await app({**scope, "headers": headers}, receive, keep)
    return Response(start, b"".join(parts))
