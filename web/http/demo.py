"""`/demo`: a page that shows the button, with the line to copy; and the script itself."""

from functools import lru_cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from web import texts
from web.http.html import document, tag

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
    page = document(
        texts.DEMO_TITLE,
        tag("h1", texts.DEMO_TITLE),
        tag("p", texts.DEMO_LEAD),
        tag("h2", texts.DEMO_BUTTON),
        _code(snippet(address)),
        tag("h2", texts.DEMO_INLINE),
        _code(inline_snippet(address)),
        tag("p", texts.DEMO_LIST),
        f'<p><a href="vraag">{escape(texts.DEMO_PLAIN)}</a></p>\n',
        f'<script src="widget.js" data-title="{escape(texts.DEMO_OPEN)}" async></script>\n',
    )
    return HTMLResponse(page, headers={"cache-control": "no-cache"})


def snippet(address: str) -> str:
    """Return the line that puts the button on a website."""
    return f'<script src="{address}" data-title="{texts.DEMO_OPEN}" async></script>'


def inline_snippet(address: str) -> str:
    """Return the lines that put the chat in a place on a page."""
    return (
        '<div id="wegwijzer"></div>\n'
        f'<script src="{address}" data-mode="inline" data-target="#wegwijzer" async></script>'
    )


def _code(text: str) -> str:
    return f'<pre tabindex="0"><code>{escape(text)}</code></pre>\n'


@lru_cache(maxsize=1)
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")
