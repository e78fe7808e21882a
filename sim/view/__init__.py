"""A page to play with a case: sliders, endings, reasons, a map. No module that needs NiceGUI is imported here."""

from sim.view.overlay_text import overlay_text as overlay_text
from sim.view.serve import LOOPBACK as LOOPBACK
from sim.view.serve import serve as serve
from sim.view.session import Session as Session
from sim.view.setting_results import SettingResults as SettingResults
from sim.view.sliders import Slider as Slider
from sim.view.sliders import make_slider as make_slider
from sim.view.viewed_case import ViewedCase as ViewedCase
from sim.view.viewed_case import is_run as is_run
from sim.view.viewed_case import open_case as open_case
from sim.view.viewed_case import open_run as open_run
