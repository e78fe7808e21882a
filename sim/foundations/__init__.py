"""Arrays, errors, registries and random streams that everything else stands on."""

from sim.foundations.arrays import NO_DEAL as NO_DEAL
from sim.foundations.arrays import TOLERANCE as TOLERANCE
from sim.foundations.arrays import Bools as Bools
from sim.foundations.arrays import FloatOrFloats as FloatOrFloats
from sim.foundations.arrays import FloatPair as FloatPair
from sim.foundations.arrays import Floats as Floats
from sim.foundations.arrays import Ints as Ints
from sim.foundations.arrays import Z as Z
from sim.foundations.dice import Dice as Dice
from sim.foundations.dice import uniforms as uniforms
from sim.foundations.errors import InputError as InputError
from sim.foundations.errors import Problem as Problem
from sim.foundations.errors import ResultsError as ResultsError
from sim.foundations.errors import ShapeError as ShapeError
from sim.foundations.errors import SimError as SimError
from sim.foundations.errors import UnknownNameError as UnknownNameError
from sim.foundations.errors import brief as brief
from sim.foundations.errors import nearest as nearest
from sim.foundations.member_settings import settings_of as settings_of
from sim.foundations.member_settings import unknown_settings as unknown_settings
from sim.foundations.registry import Entry as Entry
from sim.foundations.registry import FunctionRegistry as FunctionRegistry
from sim.foundations.registry import Registry as Registry
from sim.foundations.rounding import quantity as quantity
from sim.foundations.rounding import short_number as short_number
