"""Who may connect, and what the browser may load: a check of Origin and the security headers."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.index_page import inline_script_hashes

POLICY_VIOLATION = 1008  # The WebSocket close code of RFC 6455 for a refused peer.
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_HOST = re.compile(r"[A-Za-z0-9.\-_\[\]:]+")


class OwnOriginOnly:
    """Refuse a WebSocket that a page of another site opens, before Streamlit looks up its address."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that this one stands before."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a connection pass, or close it before it is accepted."""
        if scope["type"] == "websocket" and not same_origin(Headers(scope=scope), scope["scheme"]):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        await self._app(scope, receive, send)


class SecurityHeaders:
    """Add the headers that keep a page to its own origin."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that this one stands before."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = content_security_policy(Headers(scope=scope).get("host", ""))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = policy
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "same-origin"
                headers["permissions-policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
            await send(message)

        await self._app(scope, receive, send_with_headers)


def same_origin(headers: Headers, scheme: str) -> bool:
    """Tell whether a request comes from a page of this host; a client that is no browser sends no Origin."""
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        asking, own = urlsplit(origin), urlsplit(f"{scheme}://{headers.get('host', '')}")
        default = _DEFAULT_PORTS.get(asking.scheme)
        ports = asking.port or default, own.port or default
    except ValueError:
        return False
    return bool(asking.hostname) and asking.hostname == own.hostname and ports[0] == ports[1]


def content_security_policy(host: str) -> str:
    """Return the policy: everything from the own origin; Safari wants the sockets named with their host."""
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
            "frame-ancestors 'self'",
        )
    )
