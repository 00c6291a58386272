"""`/demo`: a page that shows the button, with the line to copy; and the script itself."""

from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from web import texts
from web.http.html import page

SCRIPT = Path(__file__).parents[1] / "browser" / "widget.js"
KEPT = {
    "cache-control": "public, max-age=3600",
    "access-control-allow-origin": "*",  # A script of type="module" asks for it.
    "cross-origin-resource-policy": "cross-origin",  # Also for websites that send COEP.
}


async def widget(_request: Request) -> Response:
    """Send the script that other websites load, to any of them: it holds nothing secret."""
    return Response(_script(), media_type="text/javascript", headers=KEPT)


async def demo(request: Request) -> HTMLResponse:
    """Show the button at work and the line that puts it on a website."""
    address = f"{request.url.scheme}://{request.url.netloc}{request.url.path.removesuffix('/demo')}/widget.js"
    shown = page(
        "http/demo.html",
        title=texts.DEMO_TITLE,
        button=snippet(address),
        inline=inline_snippet(address),
    )
    return HTMLResponse(shown, headers={"cache-control": "no-cache"})


def snippet(address: str) -> str:
    """Return the line that puts the button on a website."""
    return f'<script src="{address}" data-title="{texts.DEMO_OPEN}" async></script>'


def inline_snippet(address: str) -> str:
    """Return the lines that put the chat in a place on a page."""
    return (
        '<div id="wegwijzer"></div>\n'
        f'<script src="{address}" data-mode="inline" data-target="#wegwijzer" async></script>'
    )


@lru_cache(maxsize=1)
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")
