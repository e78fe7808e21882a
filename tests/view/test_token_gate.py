"""Nothing is served without the token."""

import asyncio
import base64
import hashlib

import pytest

from sim.view.token_gate import TokenGate

TOKEN = "a1b2c3"  # noqa: S105 - a token for tests


HOST = "127.0.0.1:8080"


def ask(path, kind="http", headers=(("host", HOST),), page=b"", hosts=(HOST,)):
    """What the gate sends, and with which root path the application was reached."""
    sent, reached = [], []

    async def app(scope, receive, send):
        reached.append((scope["path"], scope.get("root_path")))
        if scope["type"] == "http":
            content = [(b"content-type", b"text/html; charset=utf-8")] if page else []
            await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y"), *content]})
            for n in range(len(page)):
                body = page[n : n + 1]
                await send({"type": "http.response.body", "body": body, "more_body": n + 1 < len(page)})

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "headers": [(name.encode(), value.encode()) for name, value in headers]}
    asyncio.run(TokenGate(app, TOKEN, hosts)(scope, None, send))
    return sent, reached


@pytest.mark.parametrize(
    "path", ["/", "", "/other/", "/a1b2c", "/a1b2c3", "/a1b2c34/", "/A1B2C3/", "/_nicegui/x.js", "/ä1b2c3/"]
)
def test_without_the_token_the_answer_is_403(path):
    """Whatever is asked for; the application is not even reached."""
    sent, reached = ask(path)
    assert sent[0]["status"] == 403
    assert not reached


def test_with_the_token_the_application_is_reached_below_it():
    """The token becomes the root path, so that every address the page makes holds it."""
    sent, reached = ask("/a1b2c3/_nicegui/x.js")
    assert reached == [("/a1b2c3/_nicegui/x.js", "/a1b2c3")]
    headers = dict(sent[0]["headers"])
    assert headers[b"x"] == b"y"
    assert b"default-src 'self'" in headers[b"content-security-policy"]
    assert headers[b"referrer-policy"] == b"no-referrer"


def test_websockets_need_the_token_too():
    """A page of somebody else cannot talk to the viewer."""
    sent, reached = ask("/_nicegui_ws/socket.io/", kind="websocket")
    assert sent == [{"type": "websocket.close", "code": 1008}]
    assert not reached
    assert ask("/a1b2c3/_nicegui_ws/", kind="websocket")[1]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("host", "evil.example:8080")],
        [("host", "127.0.0.1:9999")],
        [("host", HOST), ("host", "evil.example")],
        [("host", HOST), ("origin", "http://evil.example")],
        [("host", HOST), ("origin", "null")],
        [("host", HOST), ("origin", f"http://{HOST}"), ("origin", "http://evil.example")],
    ],
)
def test_other_hosts_and_pages_of_others_are_refused(kind, headers):
    """Knowing the token does not help a page that was loaded from elsewhere, nor a name that leads to this machine."""
    assert not ask("/a1b2c3/", kind, headers)[1]


def test_the_own_page_is_let_in():
    """With its origin or without one; where other machines may reach it, under whatever name they know."""
    assert ask("/a1b2c3/", "websocket", [("host", HOST), ("origin", f"http://{HOST}")])[1]
    assert ask("/a1b2c3/", headers=[("host", HOST.upper())])[1]
    assert ask("/a1b2c3/", headers=[("host", "study.example:80")], hosts=())[1]
    assert not ask("/a1b2c3/", headers=[("host", "study.example"), ("origin", "http://x.example")], hosts=())[1]


def test_only_the_scripts_of_the_page_itself_may_run():
    """Each script that stands in a page is named by its hash; others, and handlers in attributes, are not allowed."""
    page = b'<script src="a.js"></script><script type="module">go()</script>'
    sent, _ = ask("/a1b2c3/", page=page)
    allowed = dict(sent[0]["headers"])[b"content-security-policy"].decode()
    digest = base64.b64encode(hashlib.sha256(b"go()").digest()).decode()
    scripts = next(part for part in allowed.split("; ") if part.startswith("script-src"))
    assert scripts == f"script-src 'self' 'unsafe-eval' 'sha256-{digest}'"
    assert b"".join(message.get("body", b"") for message in sent[1:]) == page
