"""What was played beside a run: the same draws under other conventions, protocols and overlays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble import meanings
from sim.foundations import ResultsError
from sim.store.folder import ANSWER_FILE
from sim.store.integrity import read_json
from sim.store.load import load_manifest, load_results

#: Before the name of an issue: what is agreed on it.
_TERMS: Final = "terms."
#: Name of the row that is the scenario as it stands.
AS_WRITTEN = "as written"


def load_with_replays(folder: str | Path) -> xr.Dataset:
    """Read the arrays of a run, and the shares of its endings under what was replayed beside it, if anything was.

    Returns:
        what ``load_results`` gives; with replays also ``replay_share`` and ``replay_error`` (replay, ending_name),
        shares and their standard errors, ``replay_kind`` (replay): as written, protocol, convention or overlay,
        and ``replay_draws`` (replay); with overlays also ``overlay_share``, ``overlay_change`` and
        ``overlay_change_error`` (overlay, state_name): shares of the states at the horizon, their paired changes from
        the base, which is the first, and the standard errors of these; ``term_before`` (term_issue), ``term_change``
        and ``term_error`` (overlay, term_issue): mean of what is agreed on numeric issues in the base, its change and
        the standard error of that, both nan where nothing is agreed; with other protocols ``way_low``,
        ``way_median`` and ``way_high`` (way, way_issue): where what is agreed on numeric issues lies under each of
        them, quantiles 0.1, 0.5 and 0.9, nan where it was not asked, and ``way_draws`` (way, way_issue); likewise
        ``way_share`` (way_named, way_level), share of deals at each level of the issues whose levels have names, nan
        where it was not asked, ``way_level_issue`` (way_level) and ``way_named_draws`` (way_named, way_level)
    Raises:  ResultsError if there is no finished run in it
    """
    results, file = load_results(folder), Path(folder) / ANSWER_FILE
    if not file.is_file():
        return results
    told = read_json(file, load_manifest(folder).files)
    try:
        return with_replays(results, told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ResultsError(f"{file} is not what was written: its replays lack something ({error})") from None


def with_replays(results: xr.Dataset, told: Mapping[str, Any]) -> xr.Dataset:
    """Add what an answer tells of other conventions and overlays; the dataset itself if it tells nothing."""
    rows: list[tuple[str, str, Mapping[str, Any]]] = [
        (
            "protocol" if row["name"] == "protocol" else AS_WRITTEN if not row["setting"] else "convention",
            row["setting"] if row["name"] == "protocol" else ": ".join(filter(None, (row["name"], row["setting"]))),
            row["endings"],
        )
        for row in told.get("conventions") or ()
    ]
    results = _with_ways(results, told)
    laid = list(told.get("overlays") or [])
    if len(laid) > 1 and all("states" in row for row in laid):  # runs that were kept before these had none
        results = _with_terms(_with_states(results, laid), laid)
    rows += [("overlay", row["title"], row["endings"]) for row in laid[1:]]
    if len(laid) > 1 and all(row[0] != AS_WRITTEN for row in rows):
        rows.insert(0, (AS_WRITTEN, AS_WRITTEN, laid[0]["endings"]))
    if not rows:
        return results
    shares = [share for _, _, share in rows]
    known = meanings(results, "ending") if "ending" in results else ()
    endings = tuple(dict.fromkeys((*known, *(name for share in shares for name in share["share"]))))
    return results.assign(
        replay_share=(("replay", "ending_name"), _table(shares, "share", endings)),
        replay_error=(("replay", "ending_name"), _table(shares, "error", endings)),
        replay_kind=(("replay",), np.array([kind for kind, _, _ in rows])),
        replay_draws=(("replay",), np.array([int(share["draws"]) for share in shares])),
    ).assign_coords(replay=[name for _, name, _ in rows], ending_name=list(endings))


def _with_states(results: xr.Dataset, laid: Sequence[Mapping[str, Any]]) -> xr.Dataset:
    """Add the states at the horizon under the base and each overlay, and how they change in the same worlds."""
    states = tuple(dict.fromkeys(name for row in laid for name in row["states"]["share"]))
    none = {"share": dict.fromkeys(states, 0.0), "error": dict.fromkeys(states, 0.0)}
    changes = [none if row["state_change"] is None else row["state_change"] for row in laid]
    dims = ("overlay", "state_name")
    return results.assign(
        overlay_share=(dims, _table([row["states"] for row in laid], "share", states)),
        overlay_change=(dims, _table(changes, "share", states)),
        overlay_change_error=(dims, _table(changes, "error", states)),
    ).assign_coords(overlay=[row["title"] for row in laid], state_name=list(states))


def _with_terms(results: xr.Dataset, laid: Sequence[Mapping[str, Any]]) -> xr.Dataset:
    """Add what is agreed on numeric issues in the base, and how each overlay changes it in the same worlds."""
    found = [{row["of"]: row for row in overlay.get("outcomes") or ()} for overlay in laid[1:]]
    issues = [
        issue
        for issue in results["issue"].values.astype(str)
        if any(_number(rows.get(f"{_TERMS}{issue}", {}).get("change")) is not None for rows in found)
    ]
    if not issues:
        return results

    def column(what: str) -> np.ndarray:
        values = [[_number(rows.get(f"{_TERMS}{issue}", {}).get(what)) for issue in issues] for rows in found]
        return np.array([[0.0] * len(issues), *values], dtype=float)

    before = [
        next(_number(rows[f"{_TERMS}{issue}"]["before"]["mean"]) for rows in found if f"{_TERMS}{issue}" in rows)
        for issue in issues
    ]
    dims = ("overlay", "term_issue")
    return results.assign(
        term_before=(("term_issue",), np.array(before, dtype=float)),
        term_change=(dims, column("change")),
        term_error=(dims, column("error")),
    ).assign_coords(term_issue=issues)


def _with_ways(results: xr.Dataset, told: Mapping[str, Any]) -> xr.Dataset:
    """Add where what is agreed on numeric issues lies under the other protocols that were played."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in told.get("conventions") or ():
        if row["name"] == "protocol":
            found[row["setting"]] = {one["of"]: one for one in row.get("outcomes") or ()}
    ways = list(told.get("ways") or ())
    for row in ways:
        if row["protocol"] != ways[0]["protocol"]:  # the first is the case's own, which the run itself has
            found.setdefault(row["protocol"], {})[row["found"]["of"]] = row["found"]
    known = results["issue"].values.astype(str) if "issue" in results else ()
    results = _with_levels(results, found, known)
    issues = [issue for issue in known if any(_span(rows, issue)["median"] is not None for rows in found.values())]
    if not issues:
        return results
    dims = ("way", "way_issue")

    def column(what: str) -> np.ndarray:
        return np.array([[_span(rows, issue)[what] for issue in issues] for rows in found.values()], dtype=float)

    draws = [[int(rows.get(f"{_TERMS}{issue}", {}).get("draws", 0)) for issue in issues] for rows in found.values()]
    return results.assign(
        way_low=(dims, column("low")),
        way_median=(dims, column("median")),
        way_high=(dims, column("high")),
        way_draws=(dims, np.array(draws)),
    ).assign_coords(way=list(found), way_issue=issues)


def _with_levels(
    results: xr.Dataset, found: Mapping[str, Mapping[str, Mapping[str, Any]]], known: Iterable[str]
) -> xr.Dataset:
    """Add the share of deals at each level that has a name, under the other protocols that were played."""
    told = {
        (way, issue): one
        for way, rows in found.items()
        for issue in known
        if (one := rows.get(f"{_TERMS}{issue}", {})).get("shares")
    }
    if not told:
        return results
    ways = list(dict.fromkeys(way for way, _ in told))
    places = list(dict.fromkeys((issue, level) for (_, issue), one in told.items() for level in one["shares"]))
    share = [
        [told[way, issue]["shares"].get(level, 0.0) if (way, issue) in told else np.nan for issue, level in places]
        for way in ways
    ]
    draws = [[int(told[way, issue]["draws"]) if (way, issue) in told else 0 for issue, _ in places] for way in ways]
    dims = ("way_named", "way_level")
    return results.assign(
        way_share=(dims, np.array(share, dtype=float)),
        way_named_draws=(dims, np.array(draws)),
        way_level_issue=(("way_level",), np.array([issue for issue, _ in places])),
    ).assign_coords(way_named=ways, way_level=[level for _, level in places])


def _span(rows: Mapping[str, Mapping[str, Any]], issue: str) -> dict[str, float | None]:
    """Median, low and high of what is agreed on an issue; ``None`` for what was not asked, or is no number."""
    span = rows.get(f"{_TERMS}{issue}", {}).get("span", {})
    return {what: _number(span.get(what)) for what in ("low", "median", "high")}


def _number(value: float | None) -> float | None:
    """A finite number; ``None`` for what is missing, which JSON writes as null."""
    return value if value is not None and np.isfinite(value) else None


def _table(shares: Sequence[Mapping[str, Any]], what: str, endings: Sequence[str]) -> np.ndarray:
    """(rows, endings or states); what cannot happen in a row has no share."""
    values = [[share[what].get(name) for name in endings] for share in shares]
    return np.asarray(np.nan_to_num(np.array(values, dtype=float)))
