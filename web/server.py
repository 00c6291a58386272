"""What the server adds to Streamlit: the start of the assistant, its own routes, and the middleware."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from web.chat.component_host import script
from web.guide.api import guide_api
from web.guide.pages import guide_page, note_page
from web.http.api import ask
from web.http.compress import FOREVER, CompressedStatic
from web.http.demo import demo, widget
from web.http.doors import KnownHosts, KnownPaths
from web.http.files import BROWSER_FILES, BROWSER_ROUTE, CHAT_SCRIPT, EARLY_TURN, PAGES, WIDGET
from web.http.middleware import LimitedRequests, OwnOriginOnly, SecurityHeaders, SteadyMessages
from web.http.visitor import VisitorAddress
from web.log import keep_secrets_out
from web.pages.plain_page import plain_page
from web.process import share_memory_pools
from web.service import current
from web.shell.early import early_turn
from web.shell.index_page import index_page


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Start opening the assistant when the server starts; the server answers meanwhile."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    keep_secrets_out()
    logging.getLogger("web").setLevel(logging.INFO)
    share_memory_pools()
    service = current()
    service.start()
    yield
    service.close()


def routes() -> list[Route]:
    """Return the routes beside Streamlit's own."""
    files = [Route(f"{BROWSER_ROUTE}/{name}", _browser_file) for name in BROWSER_FILES]
    packed = [Middleware(GZipMiddleware)]  # Streamlit packs what its server sends, but for this page.
    return [
        *(Route(path, index_page, middleware=packed) for path in PAGES),
        Route("/healthz", healthz),
        Route("/api/ask", ask, methods=["POST", "OPTIONS"]),
        Route("/vraag", plain_page),
        Route("/api/keuzehulp", guide_api, methods=["POST", "OPTIONS"]),
        Route("/keuzehulp", guide_page),
        Route("/adviesnotitie", note_page),
        Route(WIDGET, widget),
        Route(CHAT_SCRIPT, _chat_script),
        Route(EARLY_TURN, early_turn, methods=["POST"]),
        Route("/demo", demo),
        *files,
    ]


def middleware() -> list[Middleware]:
    """Return what every request passes, outermost first."""
    return [
        Middleware(VisitorAddress),
        Middleware(SecurityHeaders),
        Middleware(KnownHosts),
        Middleware(OwnOriginOnly),
        Middleware(SteadyMessages),
        Middleware(LimitedRequests),
        Middleware(KnownPaths, routes=routes()),
        Middleware(CompressedStatic),
    ]


async def healthz(_request: Request) -> JSONResponse:
    """Answer 200 when questions can be asked and 503 when not; why not is in the log alone."""
    status = {"status": current().readiness.phase}
    return JSONResponse(status, 200 if current().ready else 503, {"cache-control": "no-store"})


async def _chat_script(_request: Request) -> Response:
    """Send the module of the chat page; its address changes when it does."""
    return Response(script(), media_type="text/javascript", headers=FOREVER)


async def _browser_file(request: Request) -> FileResponse:
    name = Path(request.url.path).name
    folder, media_type = BROWSER_FILES[name]
    return FileResponse(folder / name, media_type=media_type, headers={"cache-control": "no-cache"})
