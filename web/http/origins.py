"""Whose pages may open a socket, ask a question or frame the chat."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from errors import InvalidSettingError
from settings import Settings, load_settings

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


def operator_settings() -> Settings:
    """Return the settings; the defaults while one is wrong, which the start of the assistant reports."""
    try:
        return load_settings()
    except InvalidSettingError:
        return Settings.model_construct()


def listed_origins() -> tuple[str, ...]:
    """Return the origins of other sites that may frame the chat and ask it questions."""
    return operator_settings().embed_origins


def may_ask(headers: Headers, scheme: str) -> bool:
    """Return whether a question may come from here: the own origin, a listed one, or no browser at all."""
    return same_origin(headers, scheme) or headers.get("origin", "") in listed_origins()


def same_origin(headers: Headers, scheme: str) -> bool:
    """Return whether a request comes from a page of this host; only browsers send an Origin."""
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
