"""A Chroma server: reached with a time-out, asked once more when it does not answer."""

import time
import weakref
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import quote

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from errors import ChromaServerError, IndexDamagedError
from settings import Settings

T = TypeVar("T")

WRITE_TIMEOUT_S = 60.0  # A thousand chunks take a server about four seconds; a busy one may take longer.
RETRY_PAUSE_S = 0.2  # Long enough for a connection that a proxy dropped, short beside the time-out.
UNUSABLE = {401, 403}  # The client gives a bare Exception for these, and for all from 500 up.


class ChromaServer:
    """The Chroma server that the settings name; connects when it is first needed."""

    def __init__(self, settings: Settings, timeout_s: float) -> None:
        """Keep where the server is and how long it may take; nothing goes over the network."""
        self.url = str(settings.chroma_url).rstrip("/")
        self._settings = settings
        self._timeout_s = timeout_s
        self._client: ClientAPI | None = None
        self._connecting = Lock()

    def call(self, work: Callable[[ClientAPI], T]) -> T:
        """Do something with the server, once more when it does not answer.

        Raise ChromaServerError when that fails too, NotFoundError when it does not hold what is asked.
        """
        try:
            return self._tried(work)
        except httpx.HTTPError:
            time.sleep(RETRY_PAUSE_S)
        try:
            return self._tried(work)
        except httpx.HTTPError as error:
            raise ChromaServerError(self.url, str(error) or type(error).__name__) from error

    def _tried(self, work: Callable[[ClientAPI], T]) -> T:
        try:
            return work(self._connected())
        except NotFoundError:
            raise
        except ChromaError as error:
            raise ChromaServerError(self.url, str(error)) from error

    def _connected(self) -> ClientAPI:
        """Return the client; making one has no time-out, so the server is first asked whether it is there."""
        with self._connecting:
            if self._client is None:
                headers = _headers(self._settings)
                self._check(headers)
                self._client = self._made(headers)
            return self._client

    def _check(self, headers: dict[str, str]) -> None:
        tenant, database = self._settings.chroma_tenant, self._settings.chroma_database
        path = f"/api/v2/tenants/{quote(tenant, safe='')}/databases/{quote(database, safe='')}"
        response = httpx.get(f"{self.url}{path}", headers=headers, timeout=self._timeout_s)
        _refuse(response)
        if response.status_code == httpx.codes.NOT_FOUND:
            raise ChromaServerError(self.url, f"there is no database '{database}' of tenant '{tenant}'")

    def _made(self, headers: dict[str, str]) -> ClientAPI:
        try:
            client = chromadb.HttpClient(
                host=self.url,
                ssl=self.url.startswith("https:"),
                headers=headers,
                settings=ChromaSettings(anonymized_telemetry=False),
                tenant=self._settings.chroma_tenant,
                database=self._settings.chroma_database,
            )
        except (ValueError, ChromaError) as error:
            raise ChromaServerError(self.url, str(error)) from error
        session: Any = client._server._session  # type: ignore[attr-defined]  # No setting gives it a time-out.
        session.timeout = httpx.Timeout(self._timeout_s)
        session.event_hooks = {"response": [_refuse]}
        weakref.finalize(self, session.close)  # The client itself leaves its connections open.
        return client


class ServerLink:
    """The way to one collection on a server."""

    def __init__(self, server: ChromaServer) -> None:
        self._server = server

    def call(self, work: Callable[[], T]) -> T:
        """Do something with a collection; raise ChromaServerError, or IndexDamagedError when it is gone."""
        try:
            return self._server.call(lambda _client: work())
        except NotFoundError as error:
            raise IndexDamagedError(self._server.url, "Chroma does not hold its chunks") from error

    def close(self) -> None:
        """Keep the connection: the store that opened it goes on using it."""


def _headers(settings: Settings) -> dict[str, str]:
    """Return the token as Chroma's own cloud and as most proxies want it."""
    if settings.chroma_token is None:
        return {}
    token = settings.chroma_token.get_secret_value()
    return {"x-chroma-token": token, "authorization": f"Bearer {token}"}


def _refuse(response: httpx.Response) -> None:
    """Raise httpx.HTTPStatusError for a response that tells of no mistake of ours."""
    if response.status_code in UNUSABLE or response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        response.raise_for_status()
