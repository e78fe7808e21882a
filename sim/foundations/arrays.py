"""Array types and the shape letters that every docstring uses.

====== ==========================================================
letter meaning
====== ==========================================================
B      draws: plausible worlds, always the leading axis
A      actors, in the order of their names' declaration
I      issues
K      candidate deals, one level for each issue
T      rounds
P      uncertain numbers of a scenario
====== ==========================================================
"""

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

#: What formulas take: one number, or one for each draw.
FloatOrFloats = float | Floats
#: Numbers of two sides, the first and the second.
FloatPair = tuple[float, float]

#: Index that stands for "no deal" wherever an array holds deal indices.
NO_DEAL: Final = -1

#: Two-sided 95 % point of the normal distribution.
Z: Final = 1.959963984540054

#: Indifference counts as acceptance: a surplus above ``-TOLERANCE`` is a yes (as in equilibrium: Rubinstein 1982).
TOLERANCE: Final = 1e-9
