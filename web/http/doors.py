"""Which paths, methods and host names this server answers; everything else gets a Dutch refusal."""

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web import texts
from web.http.files import is_file
from web.http.html import page
from web.http.origins import operator_settings
from web.service import current

READ = frozenset({"GET", "HEAD"})
STREAMLIT = frozenset({"/_stcore/health", "/_stcore/host-config"})
SENT_FILES = ("/media/", "/component/")  # Below these Streamlit alone knows what there is.
NO_FILE = frozenset({400, 403, 404})  # What it answers there to a path of no file.
STREAM = "/_stcore/stream"  # For WebSockets alone.
METRICS = "/_stcore/metrics"  # Counts sessions and memory: for who runs it.
MISDIRECTED = 421  # RFC 9110: the request came under a name that this server does not answer to.
UPGRADE_REQUIRED = 426  # RFC 9110: what is here speaks another protocol.
_LOCAL = ("localhost",)


class KnownHosts:
    """Refuse a request that came under another name than those listed: a rebound name reads nothing here."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that this one wraps."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse its host name."""
        if scope["type"] == "lifespan" or is_own_name(
            Headers(scope=scope).get("host", ""), operator_settings().hosts
        ):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        else:
            await refused(scope, MISDIRECTED, texts.OTHER_HOST)(scope, receive, send)


class KnownPaths:
    """Refuse a path that is none of ours or Streamlit's, and a method that a path does not take."""

    def __init__(self, app: ASGIApp, routes: Sequence[Route]) -> None:
        """Keep the application that this one wraps, and what our own paths take."""
        self._app = app
        self._taken: Mapping[str, frozenset[str]] = {
            route.path: frozenset(route.methods or READ) for route in routes
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer that there is nothing here, or not so."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        taken = self._methods(path)
        if taken is None and path.rstrip("/") in self._taken:
            away = RedirectResponse(f"../{path.rstrip('/').rpartition('/')[2]}", 308)
            await away(scope, receive, send)
        elif path == STREAM:
            upgrade = {"upgrade": "websocket", "connection": "upgrade"}
            await refused(scope, UPGRADE_REQUIRED, texts.NOT_ALLOWED, upgrade)(scope, receive, send)
        elif taken is None:
            await refused(scope, 404, texts.NOT_FOUND)(scope, receive, send)
        elif scope["method"] not in taken:
            allow = {"allow": ", ".join(sorted(taken))}
            await refused(scope, 405, texts.NOT_ALLOWED, allow)(scope, receive, send)
        elif path.startswith(SENT_FILES):
            await self._sent_file(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _sent_file(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a request for a file of Streamlit's, and say in Dutch that there is none."""
        missing = False

        async def send_found(message: Message) -> None:
            nonlocal missing
            if message["type"] == "http.response.start" and message["status"] in NO_FILE:
                missing = True
                await refused(scope, 404, texts.NOT_FOUND)(scope, receive, send)
            elif not missing:
                await send(message)

        await self._app(scope, receive, send_found)

    def _methods(self, path: str) -> frozenset[str] | None:
        """Return the methods that a path takes, or None for an unknown path."""
        known = self._taken.get(path)
        if known is not None:
            return known
        open_metrics = path == METRICS and operator_settings().metrics
        streamlit = path in STREAMLIT or path.startswith(SENT_FILES) or is_file(path) or open_metrics
        return READ | {"OPTIONS"} if streamlit else None


def refused(
    scope: Scope, status: int, said: str, headers: Mapping[str, str] | None = None, *, as_json: bool = False
) -> Response:
    """Return a refusal: JSON under /api and where asked, elsewhere a page with the way back."""
    kept = {"cache-control": "no-store", **(headers or {})}
    path = scope["path"]
    if as_json or f"{path}/".startswith("/api/"):
        return JSONResponse({"error": said}, status, kept)
    up = "../" * max(path.count("/") - 1, 0) or "./"
    name = current().about.name
    shown = page("http/refusal.html", title=f"{said} – {name}", heading=name, said=said, up=up, back=True)
    return HTMLResponse(shown, status, kept)


def is_own_name(host: str, listed: Sequence[str]) -> bool:
    """Return whether a Host header may be answered: any without a list, else a listed name or an address.

    A bare address and localhost cannot be rebound: `127.0.0.1:8501` → True, `kwaad.nl:8501` → False.
    """
    if not listed:
        return True
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name in (*listed, *_LOCAL) or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
