"""What the tests of the viewer share."""

from tests.view.playing import place, session

__all__ = ["place", "session"]
