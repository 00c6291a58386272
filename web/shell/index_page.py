"""Streamlit's index.html made ours: Dutch, our title and icon, our style sheet and page script."""

import html
import re
from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse

from web import texts
from web.chat.component_host import script_address
from web.http.files import BROWSER_ROUTE, streamlits_page
from web.http.origins import listed_origins
from web.service import current
from web.shell.preload import late_scripts

_STREAMLITS = re.compile(r'<(?:script type="module"|link rel="modulepreload")(?= crossorigin)')  # After ours.


async def index_page(_request: Request) -> HTMLResponse:
    """Send Streamlit's index page, made ours."""
    page = rewritten(
        streamlits_page(),
        BROWSER_ROUTE.lstrip("/"),
        listed_origins(),
        current().headline,
        [f"static/js/{name}" for name in late_scripts()],
    )
    return HTMLResponse(page, headers={"cache-control": "no-cache", "content-language": "nl"})


def first(name: str, lead: str, suggestions: Sequence[str] = ()) -> str:
    """Return what is read until the chat is drawn; who waits long for it can ask here.

    The chat's own script answers in place (component/early.js); without it the plain page does.
    """
    asked = "".join(
        f'<li><a href="./vraag?{urlencode({"q": text})}">{html.escape(text)}</a></li>' for text in suggestions
    )
    return (
        f'<main id="wegwijzer-eerst"><h1>{html.escape(name)}</h1><p>{html.escape(lead)}</p>'
        f'<p>{html.escape(texts.CHAT_COMES)} <a href="./vraag">{html.escape(texts.PLAIN_PAGE)}</a></p>'
        f"{f'<ul>{asked}</ul>' if asked else ''}"
        f'<form action="./vraag"><label for="wegwijzer-q">{html.escape(texts.ASK_HERE)}</label>'
        '<textarea id="wegwijzer-q" name="q" rows="3" required></textarea>'
        f"<button>{html.escape(texts.SEND)}</button><p>{html.escape(texts.DISCLOSURE_SHORT)}</p></form></main>"
    )


def rewritten(
    page: str,
    browser_route: str,
    framers: Sequence[str] = (),
    headline: tuple[str, str, Sequence[str]] = (texts.TITLE, "", ()),
    early: Sequence[str] = (),
) -> str:
    """Return the index page in Dutch, with our title, icon, style sheet and scripts, and who may frame it.

    `headline` is the name, the lead sentence and first questions. The `early` modules are loaded with
    Streamlit's first ones, and not only when they are asked for; all of these after ours.
    """
    name = headline[0]
    begun = f"<body>{first(*headline)}"
    loaded = "".join(
        f'<link rel="modulepreload" fetchpriority="low" crossorigin href="./{module}">' for module in early
    )
    ours = (
        f'<link rel="stylesheet" href="./{browser_route}/tokens.css" />'
        f'<link rel="stylesheet" href="./{browser_route}/page.css" />'
        f'<meta name="wegwijzer-embed" content="{html.escape(" ".join(framers))}" />'
        f'<script defer fetchpriority="high" src="./{browser_route}/page.js"></script>'
        f'<script defer fetchpriority="high" src="./{browser_route}/embed.js"></script>'
        f'<script type="module" src="./{script_address()}"></script>'
    )
    changes = (
        (r'<html lang="[^"]*"', '<html lang="nl"'),
        (r"<title>.*?</title>", f"<title>{html.escape(name)}</title>"),
        (r'<link rel="shortcut icon"[^>]*>', f'<link rel="icon" href="./{browser_route}/icon.svg" />'),
        (r'<link rel="service-desc"[^>]*>', ""),
        (r'<link\s+rel="preload"[^>]*as="font"[^>]*>', ""),  # The system's own font: 170 kB less to wait for.
        (
            r"<noscript>.*?</noscript>",
            f'<noscript><p><a href="./vraag">{html.escape(texts.NO_SCRIPT)}</a></p></noscript>',
        ),
        (r"</title>", f"</title>{ours}"),  # Before Streamlit's own scripts, so that ours run first.
        (r"</head>", f"{loaded}</head>"),
        (r"<body>", begun),
    )
    page = _STREAMLITS.sub(r'\g<0> fetchpriority="low"', page)
    for pattern, replacement in changes:
        page = re.sub(pattern, replacement.replace("\\", r"\\"), page, count=1, flags=re.DOTALL)
    return page
