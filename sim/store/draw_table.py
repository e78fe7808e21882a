"""Results as a table for R, Stata or a spreadsheet: one row per draw, names instead of codes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble import COLUMNS, OutcomeColumn, meanings
from sim.words import Vocabulary

#: What the levels of a deal are called, by the column that holds the deal; other deals are left out.
_TERMS: Final[Mapping[str, str]] = {"deal": "terms", "final_deal": "terms_in_force"}
#: Columns that only cases with a war have; and what others are called where there is none.
_OF_WAR: Final = ("decided_by_arms", "prevailed")
_PEACEFUL: Final[Mapping[str, str]] = {"war": "no_deal", "stalemate": "no_deal_kind"}


def draw_table(results: xr.Dataset, *, block: int = 5000) -> Iterator[str]:
    """Write one row per draw as CSV, in pieces of so many rows.

    Columns: draw, seed, then every outcome column in its order. Codes and places of actors are given by name, empty
    where there is none; an entry along a dimension goes by a dotted name: ``utility.<actor>``, ``kept.<observation>``,
    ``number.<path>`` (places on an issue run from 0 to 1), ``terms.<issue>``, the level in the first signed deal, and
    ``terms_in_force.<issue>``, the level at the horizon. Truth values are 0 and 1. Where no war is modelled no column
    has a word of one for its name: what no deal is worth is ``no_deal.<actor>``, why there is none ``no_deal_kind``.
    """
    for start in range(0, results.sizes["draw"], block):
        columns = dict(_columns(results.isel(draw=slice(start, start + block))))
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        if start == 0:
            writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
        yield stream.getvalue()


def _columns(results: xr.Dataset) -> Iterable[tuple[str, Sequence[Any]]]:
    yield "draw", results["draw"].values.tolist()
    yield "seed", [str(results.attrs["seed"])] * results.sizes["draw"]
    war = Vocabulary.from_attrs(results.attrs).war
    for column in COLUMNS:
        if column.by_draw and column.name in results and (war or column.name not in _OF_WAR):
            for name, cells in _cells(results, column):
                head, dot, member = name.partition(".")
                yield name if war else f"{_PEACEFUL.get(head, head)}{dot}{member}", cells


def _cells(results: xr.Dataset, column: OutcomeColumn) -> Iterable[tuple[str, Sequence[Any]]]:
    found = results.variables  # without the coordinates of each
    values = found[column.name].values
    if column.name in _TERMS:
        for issue, levels in zip(found["issue"].values, found["deal_level"].values, strict=True):
            yield f"{_TERMS[column.name]}.{issue}", _named(values, levels)
    elif len(column.dims) == 2 and not column.index:
        for n, member in enumerate(found[column.dims[1]].values):
            yield f"{column.name}.{member}", _plain(values[:, n])
    elif len(column.dims) == 1 and column.index != "deal_index":
        if column.codes is not None:
            yield column.name, _named(values, meanings(results, column.name))
        else:
            yield column.name, _named(values, found[column.index].values) if column.index else _plain(values)


def _plain(values: np.ndarray) -> list[Any]:
    """Numbers as they are; empty for nan."""
    found: list[Any] = values.tolist()
    return ["" if value != value else value for value in found] if values.dtype.kind == "f" else found  # noqa: PLR0124


def _named(codes: np.ndarray, names: Sequence[Any] | np.ndarray) -> list[str]:
    """Names of codes; empty for -1."""
    known = np.array([*(str(name) for name in names), ""])
    return [str(name) for name in known[codes.astype(np.int64)]]
