"""What is left of a story at some round: deals that have stood a while, waits for talks to reopen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, Ints
from sim.table.prospects import Prospects
from sim.table.reopening import reopening_discount, rounds_until_signature
from sim.table.war import waiting_discount
from sim.table.worlds import Worlds


def plainly_lasting(worlds: Worlds) -> bool:
    """Whether a deal is worth the same at every age but for the power that has moved: one constant hazard, no more."""
    life = worlds.documents.believed
    return life.one_hazard and worlds.reopening is None and worlds.swing is None


def prospects_of(worlds: Worlds, rows: Ints, deal: Ints) -> Prospects:
    """The prospects of one deal in each of some draws: (N, A, 1) all."""
    none, documents = worlds.no_deal, worlds.documents
    group = worlds.space.durability_classes[1][deal]
    looked = np.maximum(worlds.reference[rows], 0)
    reopening = worlds.reopening
    talked = until = np.zeros((len(rows), len(worlds.actors), 1))
    if reopening is not None:
        when = worlds.gamma[rows], reopening.chance[rows, None], reopening.rounds[rows, None]
        talked, until = reopening_discount(*when)[:, :, None], rounds_until_signature(*when)[:, :, None]
    return Prospects(
        flow=worlds.flow[rows, :, deal][:, :, None],
        group=np.zeros(1, np.int64),
        believed=documents.believed.of_class(rows, group),
        conversion=(documents.converted[rows, group] * (worlds.reference[rows] != NO_DEAL))[:, None, None],
        delay=worlds.delay[rows, deal][:, None, None],
        lag=np.zeros(1, np.int64),
        settled_flow=worlds.flow[rows, :, looked][:, :, None],
        settled_life=documents.believed.of_class(rows, worlds.space.durability_classes[1][looked]),
        war=none.value[rows][:, :, None],
        pending=none.pending[rows][:, :, None],
        back=worlds.fallback[rows][:, :, None],
        waiting=none.waiting[rows][:, :, None],
        damage=worlds.damage[rows][:, :, None],
        shift=worlds.shift[rows][:, :, None],
        moves=worlds.swing is not None,
        delta=worlds.delta[rows][:, :, None],
        speed=documents.speed[rows][:, None, None],
        talked=talked,
        creep=none.creep[rows][:, :, None] if none.drift.any() else None,
        until=until,
        needed=(worlds.space.consent[:, deal].T | worlds.rule.signers)[:, :, None],
    )


@dataclass(frozen=True)
class Past:
    """What has happened in some draws by the time that is looked at, (N,) each.

    age:       rounds that the deal in force has stood
    behind:    share of the shift of power that is behind one
    collapses: deals that broke before
    original:  the deal that the talks agreed on, which is signed again
    """

    age: Ints
    behind: Floats
    collapses: Ints
    original: Ints


def value_in_force(worlds: Worlds, rows: Ints, deal: Ints, past: Past, waited: Ints) -> Floats:
    """(N, A) value of deals in force, each of some age; at age 0 and with nothing behind it is v.

    What has already moved at the age counts at a collapse whenever that comes, and what is known of the deal by then
    (a fragile one would hardly have lived so long) counts too, each sort of deal valued with the mixed continuation.

    Args:
        waited: (N,) rounds without a deal before it was in force
    Source: as `sim.table.reopening`, from a later round on; ours, checked by simulation
    """
    here = prospects_of(worlds, rows, deal)
    age, broken = past.age[:, None, None], past.collapses[:, None, None]
    pressed: Bools | bool = False
    if worlds.pressed is not None:
        pressed = (worlds.pressed[rows, deal] & (deal == past.original))[:, None, None]
    life = here.weights(pressed=pressed, collapses=broken, age=age)
    there, own = replace(here, shift=np.zeros_like(here.shift)).settled(broken)
    ahead = (1 - past.behind)[:, None, None] if here.moves else np.ones_like(here.speed)
    behind = life.omega - ahead * (1 - here.speed) ** age * (life.omega - life.phi)
    behind = behind + life.w_conversion * (own.omega - ahead * (own.omega - own.phi))
    again = life.omega + life.w_conversion * own.omega
    value = life.w_interim * here.flow + life.omega * (here.back - here.damage) + life.w_conversion * there
    if worlds.opened is not None:
        value = value + worlds.opened.gained[rows, :, deal][:, :, None]
    if worlds.breaches is not None:
        value = value - worlds.breaches.lost_in_force(worlds.documents, worlds.delta, rows, deal, past.age)[:, :, None]
    value = value + behind * here.shift + again * (worlds.no_deal.creep[rows] * waited[:, None])[:, :, None]
    if worlds.reopening is not None:
        comes, slope = _next_signature(worlds, rows, past, past.collapses + 1, waited)
        value = value + again * comes - behind * slope
    return np.asarray(value[:, :, 0])


def value_of_waiting(worlds: Worlds, rows: Ints, past: Past, waited: Ints, talks: Ints | None = None) -> Floats:
    """(N, A) value of no deal after a collapse, where the old deal may be signed again.

    Args:
        waited: (N,) rounds without a deal so far
        talks: rounds until the signature where talks are under way; None: they may reopen at the end of the next round
    """
    war = worlds.no_deal.value[rows] + past.behind[:, None] * (worlds.shift[rows] if worlds.swing is not None else 0.0)
    war = war + worlds.no_deal.creep[rows] * waited[:, None]
    if worlds.reopening is None:
        return np.asarray(war)
    comes, slope = _next_signature(worlds, rows, past, past.collapses, waited + 1, talks)
    gain = (comes - past.behind[:, None, None] * slope)[:, :, 0]
    # ``comes`` is seen from the end of a round in which talks may reopen
    reopening = worlds.reopening
    gamma, chance = worlds.gamma[rows], reopening.chance[rows, None]
    if talks is None:
        return np.asarray(war + gamma * gain)
    left = waiting_discount(gamma, talks[:, None].astype(np.float64))
    once = reopening_discount(gamma, chance, reopening.rounds[rows, None])
    return np.asarray(war + np.where(once > 0, left / np.where(once > 0, once, 1.0), 0.0) * gain)


def _next_signature(
    worlds: Worlds, rows: Ints, past: Past, collapses: Ints, waited: Ints, talks: Ints | None = None
) -> tuple[Floats, Floats]:
    """(N, A, 1) what signing the old deal again adds to war, seen from a collapse; level and slope as ``Premium``.

    Args:
        waited: (N,) rounds without a deal by then, or one more where talks are under way
        talks:  rounds until the signature where they are
    """
    old = prospects_of(worlds, rows, past.original)
    reopening = worlds.reopening
    assert reopening is not None
    pressed: Bools | bool = False
    if worlds.pressed is not None:
        pressed = worlds.pressed[rows, past.original][:, None, None]
    lump: Floats | float = 0.0
    if reopening.paid_each_time:
        lump = worlds.pressure[rows, :, past.original][:, :, None]
    found, _ = old.premium(
        pressed=pressed, lump=lump, free=worlds.permitted[rows, :, past.original][:, :, None],
        collapses=collapses[:, None, None],
    )  # fmt: skip
    late = old.late
    level = found.level
    if old.creep is not None:
        rounds = waited[:, None, None] + old.until if talks is None else (waited - 1 + talks)[:, None, None]
        level = level + found.drift * (rounds + old.delay)
    comes = old.talked * (late * level + (1 - late) * (old.pending - old.war) + lump)
    on = np.ones((len(rows), 1, 1))
    if worlds.lasting:
        on[:, 0, 0] = worlds.signs_again(rows, past.original, collapses)
    return on * comes, on * old.talked * late * found.slope
