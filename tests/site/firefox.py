"""Firefox without a window, driven by WebDriver BiDi, the W3C's protocol of browsers.

Firefox speaks it by itself, over a WebSocket: no driver stands in between.
"""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.client import ClientConnection, connect

TIMEOUT_S = 60
"""How long an answer may take, however slow the machine."""

ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
EVENTS = (
    "log.entryAdded",
    "network.beforeRequestSent",
    "network.responseCompleted",
    "network.fetchError",
)
KEYS = {
    "Tab": "\ue004",
    "Enter": "\ue007",
    "Shift": "\ue008",
    "Control": "\ue009",
    "Escape": "\ue00c",
    "Space": " ",
    "PageUp": "\ue00e",
    "PageDown": "\ue00f",
    "End": "\ue010",
    "Home": "\ue011",
    "ArrowLeft": "\ue012",
    "ArrowUp": "\ue013",
    "ArrowRight": "\ue014",
    "ArrowDown": "\ue015",
}
"""The names that Playwright gives to keys, as WebDriver writes them."""

WAIT = """async () => {
  while (!(%s)) await new Promise((go) => setTimeout(go, 20));
  return true;
}"""


LEFT = "NS_BINDING_ABORTED"
"""What Firefox says of a request whose page was left before the answer."""

CHOOSE_DARK = """() => {
  try { localStorage.setItem("mode", "dark"); } catch { /* a page without storage */ }
}"""


class FirefoxError(Exception):
    """Firefox refused a command, or a script in the page failed."""


class Tab:
    """One page, whose storage is its own; what went wrong is on `problems`."""

    def __init__(self, firefox: Firefox, name: str, own: str) -> None:
        """Take over the context of that name; `own` is the host that it may ask."""
        self.firefox = firefox
        self.name = name
        self.own = own
        self.found: list[str] = []

    @property
    def problems(self) -> list[str]:
        """Errors and warnings, failed requests, requests to other hosts, until now."""
        self.evaluate("0")  # Firefox sends what it noted before it answers
        return self.found

    def goto(self, address: str) -> None:
        """Load a page and wait until all of it is there."""
        self._send("browsingContext.navigate", url=address, wait="complete")

    def reload(self) -> None:
        """Load the page again."""
        self._send("browsingContext.reload", wait="complete")

    def evaluate(self, script: str) -> Any:
        """Return what an expression, or a function without arguments, gives.

        A promise is waited for. Only what JSON can say comes back.
        """
        wrapped = (
            f"(async () => {{ const given = ({script}); "
            "const found = await (typeof given === 'function' ? given() : given); "
            "return JSON.stringify(found) ?? 'null'; })()"
        )
        done = self.firefox.send(
            "script.evaluate",
            expression=wrapped,
            target={"context": self.name},
            awaitPromise=True,
            userActivation=True,
        )
        if done["type"] == "exception":
            raise FirefoxError(done["exceptionDetails"]["text"])
        return json.loads(done["result"]["value"])

    def wait_for(self, condition: str) -> None:
        """Wait until an expression is true."""
        self.evaluate(WAIT % condition)

    def press(self, keys: str) -> None:
        """Press a key, or several at once: `Tab`, `Shift+Tab`, `3`."""
        values = [KEYS.get(key, key) for key in keys.split("+")]
        actions = [{"type": "keyDown", "value": value} for value in values]
        actions += [{"type": "keyUp", "value": value} for value in reversed(values)]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self._send("input.performActions", actions=[source])

    def type(self, text: str) -> None:
        """Press the key of each letter."""
        for letter in text:
            self.press("Space" if letter == " " else letter)

    def note(self, method: str, event: dict[str, Any]) -> None:
        """Note an event if it is something that should not be."""
        if method == "log.entryAdded":
            if event["level"] in ("warn", "error"):
                self.found.append(f"console {event['level']}: {event['text']}")
            return
        url = event["request"]["url"]
        parts = urlsplit(url)
        foreign = parts.scheme in ("http", "https", "ws") and parts.netloc != self.own
        if method == "network.beforeRequestSent" and foreign:
            self.found.append(f"request to another host: {url}")
        elif method == "network.fetchError" and event["errorText"] != LEFT:
            self.found.append(f"request failed: {url}: {event['errorText']}")
        elif method == "network.responseCompleted":
            status = event["response"]["status"]
            if status >= 400:
                self.found.append(f"status {status}: {url}")

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        return self.firefox.send(method, context=self.name, **params)


class Firefox:
    """A running Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        """Open a session over a socket that is connected."""
        self.socket = socket
        self.numbers = count(1)
        self.tabs: dict[str, Tab] = {}
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=[*EVENTS])

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result, noting the events that come first."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            said = json.loads(self.socket.recv(timeout=TIMEOUT_S))
            if said["type"] == "event":
                tab = self.tabs.get(_context(said["params"]))
                if tab:
                    tab.note(said["method"], said["params"])
            elif said["id"] == number:
                if said["type"] == "error":
                    raise FirefoxError(f"{method}: {said['message']}")
                return said["result"]

    @contextmanager
    def tab(
        self, own: str = "", *, width: int = 1280, dark: bool = False
    ) -> Iterator[Tab]:
        """Open an empty page of a new visitor meanwhile; it may ask the host `own`.

        Firefox has no command for the system's colours: a visitor of the dark page
        is one who has chosen it with the site's own switch.
        """
        user = self.send("browser.createUserContext")["userContext"]
        made = self.send("browsingContext.create", type="tab", userContext=user)
        tab = Tab(self, made["context"], own)
        self.tabs[tab.name] = tab
        size = {"width": width, "height": 900}
        self.send("browsingContext.setViewport", context=tab.name, viewport=size)
        if dark:
            self.send(
                "script.addPreloadScript",
                functionDeclaration=CHOOSE_DARK,
                contexts=[tab.name],
            )
        try:
            yield tab
        finally:
            del self.tabs[tab.name]
            self.send("browser.removeUserContext", userContext=user)


def _context(event: dict[str, Any]) -> str | None:
    """Return the name of the page that an event is about."""
    return event.get("context") or event.get("source", {}).get("context")


@contextmanager
def running(path: str, folder: Path) -> Iterator[Firefox]:
    """Run a Firefox meanwhile, with a new profile in this empty folder."""
    command = [path, "--headless", "--no-remote", "--profile", str(folder)]
    process = subprocess.Popen(
        [*command, "--remote-debugging-port", "0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    hangs = threading.Timer(TIMEOUT_S, process.kill)
    # What it says later must be read, or it would wait for a reader.
    rest = threading.Thread(target=process.stderr.read)
    try:
        hangs.start()
        found = next(filter(None, map(ADDRESS.search, process.stderr)), None)
        hangs.cancel()
        rest.start()
        if not found:
            raise FirefoxError(f"{path} ended before it could be driven")
        address = f"{found[1]}/session"
        with connect(address, max_size=None, open_timeout=TIMEOUT_S) as socket:
            yield Firefox(socket)
    finally:
        process.terminate()
        process.wait()
        rest.join()
        process.stderr.close()
