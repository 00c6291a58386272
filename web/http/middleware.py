"""Who may connect, how often, and what the browser may load."""

import asyncio
import math
import re
from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import texts
from web.http.doors import refused
from web.http.files import inline_script_hashes, is_file
from web.http.limits import Limiter
from web.http.origins import listed_origins, operator_settings, same_origin

COUNTED = ("websocket.connect", "websocket.receive")  # A new connection costs at least a message.
WATCHED = "/healthz"  # For who watches the server.
POLICY_VIOLATION = 1008  # The WebSocket close code of RFC 6455 for a refused peer.
# What a website that sends COEP asks of a frame, whatever else it sends.
FRAMED = {"cross-origin-embedder-policy": "require-corp", "cross-origin-resource-policy": "cross-origin"}
_HOST = re.compile(r"[A-Za-z0-9.\-_\[\]:]+")


class OwnOriginOnly:
    """Refuse a WebSocket that a page of another site opens, before Streamlit looks up its address."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that this one wraps."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, or close it before it is accepted."""
        if scope["type"] == "websocket" and not same_origin(Headers(scope=scope), scope["scheme"]):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        await self._app(scope, receive, send)


class LimitedRequests:
    """Refuse requests of an address that sends too many; the files of a page do not count."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that this one wraps."""
        self._app = app
        self._limit = Limiter(operator_settings().requests_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer that there are too many."""
        wait = self._limit.wait_s(_address(scope)) if _counts(scope) else 0.0
        if not wait:
            await self._app(scope, receive, send)
            return
        as_json = "text/html" not in Headers(scope=scope).get("accept", "")  # Only a browser opens a page.
        headers = {"retry-after": str(math.ceil(wait))}
        refusal = refused(scope, 429, texts.TOO_MANY_REQUESTS, headers, as_json=as_json)
        await refusal(scope, receive, send)


def _counts(scope: Scope) -> bool:
    """Return whether a request counts: the files of a page that was counted do not."""
    return scope["type"] == "http" and scope["path"] != WATCHED and not is_file(scope["path"])


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


class SteadyMessages:
    """Hold messages of a chat back when its address sends too many; none is lost."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that this one wraps."""
        self._app = app
        self._limit = Limiter(operator_settings().messages_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on and read its messages no faster than allowed."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        address = _address(scope)

        async def receive_steadily() -> Message:
            message = await receive()
            while message["type"] in COUNTED and (wait := self._limit.wait_s(address)):
                await asyncio.sleep(wait)
            return message

        await self._app(scope, receive_steadily, send)


class SecurityHeaders:
    """Add the headers that keep a page to its own origin."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that this one wraps."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        framers = listed_origins()
        policy = content_security_policy(Headers(scope=scope).get("host", ""), framers)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["x-content-type-options"] = "nosniff"
                if is_file(scope["path"]):  # A policy is the page's: 600 bytes for each of its 90 files.
                    await send(message)
                    return
                headers["content-security-policy"] = policy
                headers["referrer-policy"] = "same-origin"
                headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
                if framers and headers.get("content-type", "").startswith("text/html"):
                    headers.update(FRAMED)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def content_security_policy(host: str, framers: Sequence[str] = ()) -> str:
    """Return the policy: all from the own origin; Safari wants the sockets named with their host."""
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    scripts = " ".join(f"'sha256-{digest}'" for digest in inline_script_hashes())
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {scripts}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{sockets}",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            " ".join(("frame-ancestors 'self'", *framers)),
        )
    )
