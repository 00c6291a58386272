"""Whose request it is: the address that limits go by, whatever socket or proxy it came through."""

from ipaddress import IPv6Address, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from settings import value_of

OWN_MACHINE = "127.0.0.1,::1"


class VisitorAddress:
    """Write a visitor's IPv4 address as such, and believe a proxy on this machine that forwards another.

    A server that listens on `::` sees IPv4 visitors, and the proxy beside it, as `::ffff:a.b.c.d`, which
    uvicorn does not trust: `::ffff:127.0.0.1` with `X-Forwarded-For: 192.0.2.7` → `192.0.2.7`.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Keep the application that this one wraps."""
        trusted = value_of("FORWARDED_ALLOW_IPS") or OWN_MACHINE
        self._forwarded = ProxyHeadersMiddleware(_Plain(app), trusted)  # type: ignore[arg-type]  # Same types.

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the address of who sent it."""
        await _Plain(self._forwarded)(scope, receive, send)  # type: ignore[arg-type]  # Same types.


class _Plain:
    """Write the address of a request in its shortest form."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("client"):
            scope["client"] = (plain_address(scope["client"][0]), scope["client"][1])
        await self._app(scope, receive, send)


def plain_address(address: str) -> str:
    """Return an IPv4 address that is written as IPv6 as IPv4: `::ffff:192.0.2.7` → `192.0.2.7`."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    mapped = known.ipv4_mapped if isinstance(known, IPv6Address) else None
    return str(mapped) if mapped else address
