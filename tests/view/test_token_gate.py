"""Nothing is served without the token."""

import asyncio

import pytest

from sim.view.token_gate import TokenGate

TOKEN = "a1b2c3"  # noqa: S105 - a token for tests


def ask(path, kind="http"):
    """What the gate sends, and with which root path the application was reached."""
    sent, reached = [], []

    async def app(scope, receive, send):
        reached.append((scope["path"], scope.get("root_path")))
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})

    async def send(message):
        sent.append(message)

    asyncio.run(TokenGate(app, TOKEN)({"type": kind, "path": path}, None, send))
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
