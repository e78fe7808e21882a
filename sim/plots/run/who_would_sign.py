"""Named packages of terms, and who would sign each."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.foundations import Ints
from sim.plots.frame.clear_difference import clearly_more
from sim.plots.frame.consent import consent, signer_places, signer_titles, some_suffice
from sim.plots.frame.labels import (
    actor_titles,
    inches,
    issue_levels,
    issue_titles,
    issue_units,
    status_quo,
    wrapped,
)
from sim.plots.frame.plot import WIDTH, Plot, figure
from sim.plots.frame.share_tables import share_table
from sim.plots.frame.style import Look
from sim.plots.frame.user_text import one_line
from sim.plots.frame.world_groups import focus, worlds_note
from sim.words import capital, enumerated, percent

_TITLE: Final = 70  # letters of a package in a sentence
_LETTERS: Final = 34  # of a package, beside its row
_NAMED: Final = 3  # signers that a sentence names
_RIVALS: Final = 2  # packages that a sentence names as signed about as often
_LINE: Final = 0.17  # inches
_MOST: Final = 8  # actors up to which those who need not sign have a column too
_UPRIGHT: Final = 18  # letters of a line of a name that is written upwards


@figure("who-would-sign", source="intervals: Wilson 1927, J Am Stat Assoc 22:209-212")
class WhoWouldSign(Plot):
    """Cells show in what share of worlds each actor would sign each named package, and in what share enough would."""

    of_draws = True
    rank = 2

    def fits(self, results: xr.Dataset) -> bool:
        """Packages were named or found."""
        return "package_deal" in results and "would_sign" in results and bool(results.sizes.get("package"))

    def varies(self, results: xr.Dataset) -> bool:
        """Not everybody would sign everything, or nothing, everywhere."""
        counts = package_counts(results)
        return bool((counts != counts.flat[0]).any() or counts.flat[0] not in {0, focus(results).count})

    def title(self, results: xr.Dataset) -> str:
        """The package that most worlds would sign, and who refuses it."""
        group, counts = focus(results), package_counts(results)
        enough = "enough parties" if some_suffice(results) else _all(signer_titles(results))
        best, last = _best(results), counts[:, -1]
        if not last.any():
            each = counts[:, :-1].max(axis=0)
            hard = signer_titles(results)[int(each.argmin())]
            return (
                f"None of these packages would be signed by {enough} in any of {group.counted}; hardest to win for "
                f"one is {hard}"
            )
        titles = [_sentence(title) for title in _titles(results)]
        text = f"{titles[best]} would be signed by {enough} in {group.proportion(int(last[best]))} of {group.noun}"
        if len(last) == 1:
            return text
        rivals = _not_fewer(results, best)
        if not rivals:
            return f"{text}, clearly more than any other package"
        if len(rivals) > _RIVALS:
            text += f", and {len(rivals)} other packages about as often"
        else:
            text += f", and {enumerated([titles[n] for n in rivals])} about as often"
        worst = int(last.argmin())
        clear = worst not in rivals and worst != best
        return text + (f"; {titles[worst]} in {percent(last[worst] / group.count)}" if clear else "")

    def caption(self, results: xr.Dataset) -> str:
        """What would sign means, and how sure the shares are."""
        last = "enough of them for it to be signed" if some_suffice(results) else "all who must sign"
        best = _best(results)
        terms = package_terms(results, int(results["package_deal"].values[best]))
        held = f"{_sentence(_titles(results)[best])} holds {terms}. " if terms else ""
        return (
            f"{held}"
            "Share of worlds in which the deal, put on the table at the start of the talks as it is, is worth at least "
            f"as much to the actor as refusing, and crosses no hard red line; last column: {last}. "
            f"{_lookers_on(results)}±: 95 % intervals (Wilson). {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a row for each package."""
        return (
            0.75
            + (0.6 if _upright(results, WIDTH) else 0.0)
            + sum(0.2 + _LINE * max(2, label.count("\n") + 1) for label in _labels(results))
        )

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One table, with a line before its last column."""
        axes, group = body.subplots(), focus(results)
        counts = _shown_counts(results)
        order = np.argsort(-counts[:, -1], kind="stable")
        counts, labels = counts[order], [_labels(results)[n] for n in order]
        told = [[str(group.proportion(int(count))) for count in row] for row in counts]
        if counts.shape[1] * 1.15 > inches(body) - 3.0:  # an interval needs room
            told = [[text.split(" ")[0] for text in row] for row in told]
        share_table(axes, 100 * counts / max(group.count, 1), told, look)
        columns = _columns(results)
        upright = _upright(results, inches(body))
        letters = _UPRIGHT if upright else _letters(inches(body), columns)
        axes.set_yticks(range(len(labels)), labels)
        axes.set_xticks(
            range(len(columns)), [wrapped(name, letters, 3) for name in columns], rotation=90 if upright else 0
        )
        axes.get_xticklabels()[-1].set_fontweight("bold")
        axes.xaxis.tick_top()
        axes.axvline(len(columns) - 1.5, color=look.ink, linewidth=1.2)
        axes.set_title("Share of worlds in which each would sign (%)")


def package_counts(results: xr.Dataset) -> Ints:
    """(packages, signers + 1) in how many worlds each of those who sign would sign, and last enough of them."""
    places = results["package_deal"].values
    each, enough = consent(results, focus(results))
    return np.concatenate([each[:, places], enough[None, places]]).T


def _shown(results: xr.Dataset) -> list[int]:
    """Places of the actors who have a column: those who sign, then, where there is room, the others."""
    signers = signer_places(results)
    others = [place for place in range(results.sizes["actor"]) if place not in signers]
    return [*signers, *(others if results.sizes["actor"] <= _MOST else ())]


def _columns(results: xr.Dataset) -> list[str]:
    titles = actor_titles(results)
    return [*(titles[place] for place in _shown(results)), "enough" if some_suffice(results) else "all"]


def _lookers_on(results: xr.Dataset) -> str:
    """Who has a column and does not sign; empty where all do."""
    titles, signers = actor_titles(results), signer_places(results)
    others = [titles[place] for place in _shown(results) if place not in signers]
    return f"Not needed for it: {enumerated(others)}. " if others else ""


def _shown_counts(results: xr.Dataset) -> Ints:
    """(packages, shown + 1) in how many worlds each who has a column would sign, and last enough of those who sign."""
    places = results["package_deal"].values
    each = results["would_sign"].values[focus(results).index][_shown(results)][:, places]
    return np.concatenate([each.T, package_counts(results)[:, -1:]], axis=1).astype(np.int64)


def _best(results: xr.Dataset) -> int:
    """The package that most worlds would sign; of equals one that changes something, then whom the most would sign."""
    counts, places = package_counts(results), results["package_deal"].values
    tied = np.flatnonzero(counts[:, -1] == counts[:, -1].max())
    return int(max(tied, key=lambda n: (bool(package_terms(results, int(places[n]))), int(counts[n, :-1].sum()))))


def _not_fewer(results: xr.Dataset, best: int) -> list[int]:
    """Packages that do not clearly fewer worlds sign than the best one, however the worlds of both overlap."""
    last, size = package_counts(results)[:, -1].tolist(), focus(results).count
    return [n for n, count in enumerate(last) if n != best and not _clear(last[best], count, size)]


def _clear(more: int, fewer: int, size: int) -> bool:
    """Whether so many more worlds are no chance, of the same worlds: in the overlap that says the least."""
    apart = min(more, size - fewer)
    return clearly_more(apart, apart - (more - fewer))


def _letters(width: float, columns: list[str]) -> int:
    return int(max((width - 3.0) / len(columns), 0.8) * 10)


def _upright(results: xr.Dataset, width: float) -> bool:
    """Whether a word of some column's name has no room across."""
    columns = _columns(results)
    return max(len(word) for name in columns for word in name.split()) > _letters(width, columns)


def package_terms(results: xr.Dataset, deal: int) -> str:
    """What a deal says on each issue on which it is not the status quo; empty where it leaves all as it is."""
    told = []
    for issue, (title, unit) in enumerate(zip(issue_titles(results).values(), issue_units(results), strict=True)):
        levels = issue_levels(results, issue)
        place = int(levels.of_deal[deal])
        if place != status_quo(results, issue):
            told.append(f"{title}: {levels.names[place]} {unit if levels.numeric else ''}".rstrip())
    rest = ["all else as it is"] if 0 < len(told) < results.sizes["issue"] else []
    return "; ".join([*told, *rest])


def _titles(results: xr.Dataset) -> list[str]:
    return [one_line(str(title), _TITLE) for title in results["package_title"].values]


def _labels(results: xr.Dataset) -> list[str]:
    return [wrapped(capital(title), _LETTERS, 3) for title in _titles(results)]


def _sentence(title: str) -> str:
    return f"“{capital(title)}”"


def _all(titles: list[str]) -> str:
    """Who must sign, by name where they are few."""
    return enumerated(titles) if len(titles) <= _NAMED else "all who must sign"
