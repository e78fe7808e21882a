"""Sliders on the page: what a drag and a release do, in whatever order their messages come."""

import asyncio

import pytest


class Stops:
    """A slider of some stops."""

    stops = (0, 1, 2, 3)


class Moves:
    """A session that remembers where its slider stands."""

    def __init__(self):
        self.sliders, self.at = {"p": Stops()}, None

    def move(self, _path, index):
        """Whether that is another stop."""
        changed, self.at = self.at != index, index
        return changed


@pytest.fixture
def sliders(monkeypatch):
    """A list without a page, what it called, and its module."""
    slider_list = pytest.importorskip("sim.view.slider_list", exc_type=ModuleNotFoundError)  # only here: it takes long
    SliderList = slider_list.SliderList
    monkeypatch.setattr(SliderList, "_show_stand", lambda *_: None)
    monkeypatch.setattr(SliderList, "rebuild", lambda _: None)
    called = []

    def call(name):
        async def told():
            called.append(name)

        return told

    found = SliderList.__new__(SliderList)
    found._session, found._held, found._released = Moves(), None, {}
    found._moving, found._settled = call("moving"), call("settled")
    return found, called, slider_list


def test_a_message_of_the_drag_that_comes_after_the_release_is_ignored(sliders, monkeypatch):
    """It is held back longer than that of the release, and would leave a few worlds on screen for good."""
    found, called, slider_list = sliders
    now = [10.0]
    monkeypatch.setattr(slider_list, "monotonic", lambda: now[0])
    asyncio.run(found._drag("p", 1))
    assert found.held
    asyncio.run(found._release("p", 3))
    asyncio.run(found._drag("p", 2))
    assert (called, found._session.at, found.held) == (["moving", "settled"], 3, False)
    now[0] += 1  # a new drag
    asyncio.run(found._drag("p", 2))
    assert (called[-1], found._session.at, found.held) == ("moving", 2, True)
