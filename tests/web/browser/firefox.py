"""Drive Firefox over WebDriver BiDi, which it speaks by itself: Playwright needs a Firefox of its own."""

import base64
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from websockets.exceptions import InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from tests.web.serving import free_port

WAIT_S = 30.0
ENTER, ESCAPE = "\ue007", "\ue00c"
QUIET = {  # Nothing but the test's own requests.
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "remote.active-protocols": 1,
}
# `all(selector)` also finds what is inside a component, `focused()` what has the focus there.
FINDING = """
  const all = (selector, root = document) => [...root.querySelectorAll("*")].flatMap((one) =>
    [...(one.matches(selector) ? [one] : []), ...(one.shadowRoot ? all(selector, one.shadowRoot) : [])]);
  const focused = (one = document.activeElement) =>
    one?.shadowRoot?.activeElement ? focused(one.shadowRoot.activeElement) : one;
"""


@dataclass(frozen=True, slots=True)
class Firefox:
    """A Firefox with one tab, `context` is that tab or a frame in it."""

    socket: ClientConnection
    numbers: "count[int]"
    context: str = ""

    def call(self, method: str, **given: object) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": given}))
        while (answer := json.loads(self.socket.recv(WAIT_S))).get("id") != number:
            pass
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, address: str) -> None:
        """Open a page."""
        self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def get(self, expression: str) -> object:
        """Return the value of JavaScript, in which `all(selector)` and `focused()` can be used."""
        function = f"() => {{ {FINDING} return {expression}; }}"
        target = {"context": self.context}
        answer = self.call(
            "script.callFunction", functionDeclaration=function, target=target, awaitPromise=False
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        value: object = answer["result"].get("value")
        return value

    def wait(self, expression: str) -> None:
        """Wait until JavaScript is true."""
        deadline = time.monotonic() + WAIT_S
        while not self.get(expression):
            if time.monotonic() > deadline:
                raise AssertionError(f"never true: {expression}")
            time.sleep(0.1)

    def press(self, keys: str) -> None:
        """Press keys one by one."""
        pressed = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keys", "actions": pressed}]
        self.call("input.performActions", context=self.context, actions=actions)

    def printed(self) -> bytes:
        """Return the page as a PDF on A4."""
        paper = {"width": 21.0, "height": 29.7}
        return base64.b64decode(self.call("browsingContext.print", context=self.context, page=paper)["data"])

    def frame(self) -> "Firefox":
        """Return the same browser in the first frame of the page, once there is one."""
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline:
            (tab,) = self.call("browsingContext.getTree", root=self.context)["contexts"]
            if tab["children"]:
                return Firefox(self.socket, self.numbers, tab["children"][0]["context"])
            time.sleep(0.1)
        raise AssertionError("no frame came")


@contextmanager
def firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """Start Firefox without a window, with a new profile."""
    settings = [f'user_pref("{name}", {json.dumps(value)});' for name, value in QUIET.items()]
    (profile / "user.js").write_text("\n".join(settings), encoding="utf-8")
    port = free_port()
    command = [program, "--headless", "--no-remote", "--profile", str(profile)]
    with (profile / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", str(port), "about:blank"], stdout=log, stderr=log
        )
    try:
        with _connected(port) as socket:
            browser = Firefox(socket, count(1))
            browser.call("session.new", capabilities={})
            (tab,) = browser.call("browsingContext.getTree")["contexts"]
            yield Firefox(socket, browser.numbers, tab["context"])
    finally:
        process.terminate()
        process.wait(WAIT_S)


def _connected(port: int) -> ClientConnection:
    deadline = time.monotonic() + WAIT_S
    while True:
        try:
            return connect(f"ws://127.0.0.1:{port}/session", max_size=None)
        except (OSError, InvalidHandshake):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
