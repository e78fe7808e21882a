"""The door of the viewer: nothing is served without the token that stands in its address, and to its own page only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: What every answer says, whatever the page may run.
_HEADERS: Final = ((b"referrer-policy", b"no-referrer"), (b"x-content-type-options", b"nosniff"))
#: Scripts that stand in a page itself.
_INLINE: Final = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


class TokenGate:
    """ASGI middleware: requests whose path begins with ``/<token>`` pass, with that as their root path.

    The token is part of every address, those of pictures, scripts and the websocket included; so no cookie is
    needed, and two viewers in one browser do not meet. Besides, a request has to name the host that is listened on
    (else a name that leads to this machine could be used by a page of somebody else), and if it says from which page
    it comes, that has to be the viewer's own.

    Args:
        hosts: names under which the viewer is reached, with their port; empty: under any
    """

    def __init__(self, app: App, token: str, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._root = f"/{token}"
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer 403."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        head = str(scope["path"])[: len(self._root)].encode()
        rest = str(scope["path"])[len(self._root) :]
        if not hmac.compare_digest(head, self._root.encode()) or not rest.startswith("/") or not self._from_here(scope):
            await _refuse(scope, send)
            return
        await self._app({**scope, "root_path": self._root}, receive, _Guarded(send))

    def _from_here(self, scope: Scope) -> bool:
        """Whether host and page of origin are the viewer's own."""
        found = [(name.lower(), value.decode("latin-1").lower()) for name, value in scope.get("headers", ())]
        hosts = [value for name, value in found if name == b"host"]
        pages = [value for name, value in found if name == b"origin"]
        if len(hosts) != 1 or (self._hosts and hosts[0] not in self._hosts):
            return False
        return all(page in {f"http://{hosts[0]}", f"https://{hosts[0]}"} for page in pages)


class _Guarded:
    """Adds to each answer what it may load and run; pages are held back until their own scripts are known."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kinds = [value for name, value in message.get("headers", ()) if name.lower() == b"content-type"]
            if any(value.startswith(b"text/html") for value in kinds):
                self._start = message
            else:
                await self._begin(message, b"")
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._begin(self._start, self._body)
                await self._send({**message, "body": self._body})
        else:
            await self._send(message)

    async def _begin(self, message: Message, page: bytes) -> None:
        headers = [*message.get("headers", ()), *_HEADERS, (b"content-security-policy", policy(page).encode())]
        await self._send({**message, "headers": headers})


def policy(page: bytes) -> str:
    """Say what a page may load and run: what the viewer serves, and the scripts that stand in it, by their hash.

    The framework makes its handlers of events from text (``unsafe-eval``) and its style sheets at run time
    (``unsafe-inline`` for styles); without these nothing would work. Scripts that somebody managed to write into the
    page later, and handlers in attributes, do not run.

    Source:  Content Security Policy Level 3, W3C
    Example:
        >>> "script-src 'self' 'unsafe-eval';" in policy(b"<p>no script</p>")
        True
    """
    hashes = [base64.b64encode(hashlib.sha256(script).digest()).decode() for script in _INLINE.findall(page)]
    scripts = " ".join(["'self'", "'unsafe-eval'", *(f"'sha256-{found}'" for found in hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'; "
        "form-action 'none'"
    )


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    text = b"403: open the whole address that `sim view` printed; it holds a token.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": text})
