"""What of a scenario is changed besides its numbers: an overlay, rules of the talks, levels on offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario import Scenario
from sim.scenario.changes import change


def bare(scenario: Scenario) -> Scenario:
    """The same scenario with no observations: those of the world as it was go on judging."""
    return Scenario.model_validate({**scenario.model_dump(), "observations": {}})


@dataclass(frozen=True)
class Structure:
    """One way to change a scenario.

    overlay: name of what is laid over it, if anything
    changes: path and new value of each change
    """

    overlay: str | None
    changes: tuple[tuple[str, Any], ...]

    @property
    def plain(self) -> bool:
        """Whether this is the scenario as it stands."""
        return self.overlay is None and not self.changes

    def scenario(self, base: Scenario, overlays: Mapping[str, Scenario]) -> Scenario:
        """The changed scenario, without observations.

        Args:
            base:     the scenario itself
            overlays: the scenario under each overlay
        """
        return change(bare(base if self.overlay is None else overlays[self.overlay]), dict(self.changes))
