"""Pages and our own scripts with gzip; Streamlit's static files have a store of packed ones of their own."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

SMALLEST = 500  # Bytes; below this, compressing wins nothing.
_NOT_HERE = ("/static/", "/media/", "/_stcore/")


class PackedPages:
    """Compress what is no static file, where the browser takes it; a stream of events goes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that this one wraps."""
        self._app = app
        self._packed = GZipMiddleware(app, minimum_size=SMALLEST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, compressed or not."""
        plain = scope["type"] != "http" or scope["path"].startswith(_NOT_HERE)
        await (self._app if plain else self._packed)(scope, receive, send)
