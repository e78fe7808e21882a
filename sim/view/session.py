"""What one browser window has set, sees, and keeps aside; windows share nothing but the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import xarray as xr

from sim.ensemble import Progress, counting
from sim.foundations import InputError
from sim.report.case_words import ToldCase
from sim.report.outcome_words import change_in_words
from sim.report.pieces import Cell, Items, Piece, Row, Sentence, Table, share_cell
from sim.runs.outcome_changes import outcome_changes
from sim.runs.outcome_summary import compared_outcomes
from sim.view.effect import effect, moved_paths
from sim.view.ending_map import EndingMap
from sim.view.overlay_text import overlay_text
from sim.view.setting_results import SettingResults, glimpse, play_setting
from sim.view.sliders import Slider, Stop, make_slider, most_important, movable
from sim.view.viewed_case import ViewedCase
from sim.words import capital, number_title, percent, points

#: Worlds played while a slider is being dragged.
_FEW: Final = 200
#: Sliders shown at first: the numbers that matter most.
SHOWN: Final = 10


class Session:
    """The state behind one page.

    opened:  the case
    sliders: path -> slider, in the order they are shown
    fixed:   path -> where a number was set by hand; all others are drawn from their ranges
    shown:   what is on screen: few worlds while dragging, the full number otherwise
    full:    the last full number
    pinned:  what was put aside to be compared with
    effects: path -> what moving it did
    map:     the regime map, as far as drawn
    """

    def __init__(self, opened: ViewedCase) -> None:
        self.open(opened)

    def open(self, opened: ViewedCase) -> None:
        """Begin anew with another case or overlay."""
        self.opened = opened
        self.sliders: dict[str, Slider] = {}
        self.fixed: dict[str, Stop] = {}
        self.shown: SettingResults | None = None
        self.full: SettingResults | None = None
        self.pinned: SettingResults | None = None
        self.effects: dict[str, str] = {}
        self.map: EndingMap | None = None

    @property
    def few(self) -> int:
        """Worlds played while dragging."""
        return min(_FEW, self.opened.draws)

    @property
    def glimpsed(self) -> bool:
        """Whether the setting as it is now is on screen already, be it of few worlds."""
        return self.shown is not None and self.shown.fixed == self.fixed

    def play(self, draws: int, told: Progress | None = None) -> SettingResults:
        """Play the setting as it is now; safe in another thread, changes nothing here."""
        return play_setting(self.opened, dict(self.fixed), draws, told=told)

    def glimpse(self, *, typical: bool = False) -> SettingResults:
        """Play a few worlds of the setting as it is now, quickly; safe in another thread as well.

        Args:
            typical: whether somebody looks at the typical world, so that it is played once more
        """
        if not self.fixed and not typical:
            return self.first_picture()
        return self._few_of(self.fixed, typical=typical)

    def first_picture(self) -> SettingResults:
        """A few worlds with nothing fixed: played once for all windows, so that it may be begun before one opens."""
        return self.opened.once("first picture", lambda: self._few_of({}))

    def _few_of(self, fixed: Mapping[str, Stop], *, typical: bool = False) -> SettingResults:
        """A few worlds with these numbers fixed; where they are all there are, everything is kept."""
        if self.few == self.opened.draws:
            return play_setting(self.opened, dict(fixed), self.few)
        return glimpse(self.opened, dict(fixed), self.few, typical=typical)

    def show(self, played: SettingResults) -> None:
        """Put results on screen; after a full run, say what the last move did."""
        self.shown = played
        if played.draws < self.opened.draws:
            return
        if self.full is not None:
            moved = [path for path in moved_paths(self.full, played) if path in self.sliders]
            self.effects |= dict.fromkeys(moved, effect(self.full, played)) if moved else {}
        self.full = played

    def offer_sliders(self, results: xr.Dataset) -> None:
        """Show the sliders of the numbers that matter most, from a run with nothing fixed; those added stay."""
        kept = self.sliders
        self.sliders = {}
        for path in most_important(results, self.opened.scenario, SHOWN):
            self.add(path)
        self.sliders |= {path: slider for path, slider in kept.items() if path not in self.sliders}

    def add(self, path: str) -> Slider:
        """Show the slider of one more number.

        Raises:  InputError if the number has no range to move in
        """
        if path not in self.sliders:
            if path not in self.addable(everything=True):
                raise InputError(f"{path} is no number with a range in this case")
            self.sliders[path] = make_slider(self.opened.scenario, path, self.opened.case.article)
        return self.sliders[path]

    def slider(self, path: str) -> Slider:
        """The slider of a number with a range, whether it is shown or not."""
        return self.sliders.get(path) or make_slider(self.opened.scenario, path, self.opened.case.article)

    def addable(self, *, everything: bool = False) -> dict[str, str]:
        """Path -> title and path of the numbers that have a range and no slider yet."""
        return {
            path: f"{number_title(self.opened.scenario, path)} ({path})"
            for path in movable(self.opened.scenario)
            if everything or path not in self.sliders
        }

    def move(self, path: str, index: int) -> bool:
        """Set a number to a stop of its slider; says whether that is a change."""
        stop = self.sliders[path].stops[index]
        changed = self.fixed.get(path) != stop
        self.fixed[path] = stop
        return changed

    def free(self, path: str) -> bool:
        """Let a number be drawn from its range again; says whether that is a change."""
        self.effects.pop(path, None)
        return self.fixed.pop(path, None) is not None

    def reset(self) -> bool:
        """Let all numbers be drawn again."""
        changed = bool(self.fixed)
        self.fixed.clear()
        self.effects.clear()
        return changed

    def adopt(self, fixed: dict[str, Stop]) -> None:
        """Take over a whole setting, e.g. that of a cell of the map."""
        for path in fixed:
            self.add(path)
        self.fixed = dict(fixed)

    def pin(self) -> None:
        """Put the full result on screen aside."""
        self.pinned = self.full

    def comparison(self) -> tuple[Piece, ...]:
        """What differs from the pinned setting, each state then and now with its change in points, terms that moved.

        While few worlds are on screen, the pinned setting is looked at in the same few.
        """
        if self.pinned is None or self.shown is None:
            return (Sentence("Pin a setting, move sliders, and see both side by side.", "note"),)
        one, two = self.pinned.first(self.shown.draws), self.shown
        differs = tuple(
            f"{number_title(self.opened.scenario, path)}: {_stands(one, path)} → {_stands(two, path)}"
            for path in dict.fromkeys([*one.fixed, *two.fixed])
            if one.fixed.get(path) != two.fixed.get(path)
        )
        change, before, after = two.change_from(one), one.told, two.told
        rows: list[Row] = [
            [
                capital(two.words.states[code].row),
                share_cell(before.proportion(code)),
                share_cell(after.proportion(code)),
                Cell(points(change.share[code], change.error[code], 1), change.share[code]),
            ]
            for code in two.state_codes
            if before.share[code] or after.share[code]
        ]
        heads = ("state", "pinned", "now", "change, points")
        table = Table("pins", "Pinned and now", heads, rows, (1, 2, 3))
        set_apart = Items(differs) if differs else Sentence("Same setting as pinned.", "note")
        return (table, set_apart, *self._outcomes_moved(one, two))

    def _outcomes_moved(self, one: SettingResults, two: SettingResults) -> tuple[Piece, ...]:
        """What the case asks and the terms, pinned and now, where they move; nothing while few worlds are on screen.

        Few worlds keep no more than what a moving slider shows.
        """
        if two.draws < self.opened.draws:
            return ()
        names = compared_outcomes(self.opened.scenario)
        before, after = (counting(found.fitting) for found in (one, two))
        found = outcome_changes(names, one.results, two.results, before, after)
        case = ToldCase(self.opened.scenario)
        moved = tuple(change_in_words(case, change) for change in found if change.moved)
        return (Items(moved),) if moved else ()

    def says(self) -> Sequence[str]:
        """What is on screen, in lines for the head of a file."""
        if self.full is None:
            return ()
        lines = []
        for fitting in (False, True):
            found = self.full.endings(fitting=fitting)
            if fitting and (not found.draws or found.draws == self.full.draws):
                continue
            which = f"the {found.draws:,} that fit what was observed" if fitting else f"all {found.draws:,} worlds"
            listed = ", ".join(
                f"{self.full.words.endings[name].noun} {percent(share)}" for name, share in found.share.items() if share
            )
            lines.append(f"Endings in {which}: {listed}")
        return lines

    def overlay(self, name: str = "my-world") -> str:
        """The overlay that reproduces what is on screen."""
        same = self.full is not None and self.full.fixed == self.fixed
        return overlay_text(self.opened, self.fixed, says=self.says() if same else (), name=name)


def _stands(played: SettingResults, path: str) -> str:
    stop = played.fixed.get(path)
    return "drawn from its range" if stop is None else stop.text
