"""A page to play with a case: sliders, endings, reasons, a map. NiceGUI is imported by ``page`` and ``serve`` only."""

from sim.view.opened import Opened as Opened
from sim.view.opened import open_case as open_case
from sim.view.opened import open_run as open_run
from sim.view.overlay_text import overlay_text as overlay_text
from sim.view.played import Played as Played
from sim.view.session import Session as Session
from sim.view.sliders import Slider as Slider
from sim.view.sliders import make_slider as make_slider
