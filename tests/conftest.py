"""Settings of all tests: on the build machine properties are checked on the same examples every time.

`HYPOTHESIS_EXAMPLES=200 python -m pytest tests/solutions` checks properties on more examples than there is time for
at every commit.
"""

import os

from hypothesis import HealthCheck, Phase, settings

_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking a slow model takes minutes

settings.register_profile(
    "default",
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "15")),
    phases=_PHASES,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")
