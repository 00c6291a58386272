"""Which paths, methods and host names this server answers; everything else gets a Dutch refusal."""

from collections.abc import Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from web import texts
from web.http.files import is_file
from web.http.html import page
from web.http.origins import operator_settings
from web.service import current

READ = frozenset({"GET", "HEAD"})
STREAMLIT = (
    "/media/",
    "/component/",
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/stream",
)
METRICS = "/_stcore/metrics"  # Counts sessions and memory: for who runs it.
MISDIRECTED = 421  # RFC 9110: the request came under a name that this server does not answer to.
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
            await _refused(scope, MISDIRECTED, texts.OTHER_HOST)(scope, receive, send)


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
        elif taken is None:
            await _refused(scope, 404, texts.NOT_FOUND)(scope, receive, send)
        elif scope["method"] not in taken:
            allow = {"allow": ", ".join(sorted(taken))}
            await _refused(scope, 405, texts.NOT_ALLOWED, allow)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _methods(self, path: str) -> frozenset[str] | None:
        """Return the methods that a path takes, or None for an unknown path."""
        known = self._taken.get(path)
        if known is not None:
            return known
        open_metrics = path == METRICS and operator_settings().metrics
        streamlit = path.startswith(STREAMLIT) or is_file(path) or open_metrics
        return READ | {"OPTIONS"} if streamlit else None


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


def _refused(scope: Scope, status: int, said: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a refusal: JSON under /api, a page with the way back elsewhere."""
    kept = {"cache-control": "no-store", **(headers or {})}
    if scope["path"].startswith("/api"):
        return JSONResponse({"error": said}, status, kept)
    up = "../" * max(scope["path"].count("/") - 1, 0) or "./"
    name = current().about.name
    shown = page("http/refusal.html", title=f"{said} – {name}", heading=name, said=said, up=up, back=True)
    return HTMLResponse(shown, status, kept)
