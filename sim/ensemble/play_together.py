"""Designs of several scenarios played side by side, so that talks under the same rules are held together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sim.engine import Block, block_size, simulate_together
from sim.ensemble.columns import columns_named
from sim.ensemble.design import Design
from sim.ensemble.play_design import BlockPlayer, PlayedRows, read_parts
from sim.ensemble.played_block import PlayedBlock
from sim.ensemble.rows import Rows
from sim.foundations import Bools, SimError
from sim.scenario import Scenario
from sim.table import settled_parts
from sim.table.settled import SettledPart

#: What may be raised where a design cannot be played.
_BROKEN = (SimError, ArithmeticError, ValueError, IndexError)


@dataclass(frozen=True)
class _Seat:
    """A design in a block of several.

    stage:   what is the same for all of its rows
    rows:    all of its rows
    verdict: which of them count, where somebody else's observations decide
    parts:   of them, each under the rules that it has drawn
    """

    stage: BlockPlayer
    rows: Rows
    verdict: Bools | None
    parts: tuple[SettledPart, ...]


def play_together(designs: Sequence[Design], columns: Iterable[str]) -> Iterator[PlayedRows | None]:
    """Play designs of scenarios that are readings of one case, each as ``play_rows`` would, bit for bit.

    They are played in blocks of whole designs, those with like rules in the same ones.

    Returns:
        of each design in turn its columns; ``None`` where it fills a block by itself, or something breaks down in it,
        so that it is for ``play_rows``
    """
    names = tuple(column.name for column in columns_named(columns))
    found: dict[int, PlayedRows | None] = {}
    told = 0
    for block in _blocks(designs, names):
        found |= zip(block, _played([designs[n] for n in block], names), strict=True)
        while told in found:
            yield found.pop(told)
            told += 1


def _blocks(designs: Sequence[Design], names: tuple[str, ...]) -> Iterator[list[int]]:
    """Places of designs that fit into a block together; in another order only where they do not all fit into one."""
    sizes = [block_size(BlockPlayer(one.scenario, one.judge, names).space, len(one.scenario.actors)) for one in designs]
    order = list(range(len(designs)))
    if designs and sum(one.points for one in designs) > min(sizes):
        order.sort(key=lambda n: (_rules(designs[n].scenario), n))
    block: list[int] = []
    room = 0
    for n in order:
        if block and designs[n].points > min(room, sizes[n]):
            yield block
            block = []
        room = (min(room, sizes[n]) if block else sizes[n]) - designs[n].points
        block.append(n)
    if block:
        yield block


def _rules(scenario: Scenario) -> tuple[str, float]:
    """What keeps talks apart most often: the protocol, of which none may be settled, and how long they last."""
    talks = scenario.talks
    return str(talks.protocol), talks.talk_rounds


def _played(designs: Sequence[Design], names: tuple[str, ...]) -> Iterator[PlayedRows | None]:
    """Play one block of designs."""
    seats = [_seat(design, names) for design in designs] if len(designs) > 1 else [None] * len(designs)
    blocks = iter(simulate_together([(part.space, part.draws) for seat in seats if seat for part in seat.parts]))
    told = [[next(blocks) for _ in seat.parts] if seat else [] for seat in seats]
    for n, seat in enumerate(seats):
        found = None if seat is None else _read(seat, told[n])
        told[n] = []  # so that its memory is free
        yield found


def _seat(design: Design, names: tuple[str, ...]) -> _Seat | None:
    """All rows of a design, sorted by their rules; ``None`` where something breaks down."""
    stage = BlockPlayer(design.scenario, design.judge, names)
    rows = design.rows(0, design.points)
    try:
        verdict = None if stage.judge is None else stage.judge.fitting(rows)
        return _Seat(stage, rows, verdict, tuple(settled_parts(stage.space, rows.draws(design.scenario))))
    except _BROKEN:
        return None


def _read(seat: _Seat, blocks: Sequence[Block | Exception]) -> PlayedRows | None:
    """The columns of a design that was played; ``None`` where something broke down."""
    if any(isinstance(one, Exception) for one in blocks):
        return None
    parts = (
        (part.where, PlayedBlock(block, None if seat.verdict is None else seat.verdict[part.where]))
        for part, block in zip(seat.parts, blocks, strict=True)
        if isinstance(block, Block)
    )
    try:
        return PlayedRows(seat.rows.world, read_parts(parts, len(seat.rows), seat.stage.columns))
    except _BROKEN:
        return None
