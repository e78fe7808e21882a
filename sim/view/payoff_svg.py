"""The payoff plane of the most typical world as SVG whose points can be clicked; marks as in the report's figure."""

from __future__ import annotations

from itertools import combinations

import xarray as xr

from sim.plots.frame.labels import actor_titles, parties
from sim.plots.frame.outcomes import vocabulary
from sim.plots.run.deal_groups import stopped_by_others
from sim.plots.run.offer_path import moves, offers_of, rounds_in_words
from sim.plots.run.payoff_frontier import frontiers
from sim.view.markup import Markup, escaped
from sim.view.plane_deals import draw_deals, draw_frontiers, draw_rings, groups, mark, outline
from sim.view.plane_frame import HEIGHT, WIDTH, Frame
from sim.view.plane_offers import actor_color, draw_offers
from sim.words import without_article

_PAIRS = 3


def payoff_planes(results: xr.Dataset) -> Markup:
    """One plane for each pair of parties (the first three), with a legend; empty without a pair."""
    pairs = list(combinations(parties(results), 2))[:_PAIRS]
    if not pairs or "cloud_payoff" not in results:
        return Markup("")
    return Markup("".join([*(_plane(results, pair) for pair in pairs), _legend(results)]))


def _plane(results: xr.Dataset, pair: tuple[int, int]) -> str:
    payoff = results["cloud_payoff"].values[list(pair)]
    war = results["cloud_war"].values[list(pair)]
    frame = Frame(payoff, war)
    first, second = (actor_titles(results)[party] for party in pair)
    says = f"What each deal is worth to {first} and {second} in one world"
    parts = [
        f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" class="plane" role="img" aria-label="{escaped(says)}">',
        frame.better(war),
        *frame.axes(first, second),
        *draw_deals(results, payoff, frame),
        *draw_frontiers(results, payoff, frame),
        *draw_rings(results, payoff, frame),
        *frame.fallbacks(war, first, second),
    ]
    for actor in pair:
        parts += draw_offers(results, actor, payoff, frame)
    agreed = int(results["story_agreed"])
    if agreed >= 0:
        x, y = frame.at(payoff[:, [agreed]])[:, 0]
        parts.append(f'<text x="{x:.1f}" y="{y + 8:.1f}" class="star">★</text>')
    return "".join([*parts, "</svg>"])


def _legend(results: xr.Dataset) -> str:
    items = []
    for look, kind, which in groups(results):
        name = without_article(vocabulary(results).endings[kind].noun) if kind else "barred by a red line"
        more = ", can be signed" if look == "signable" else ""
        items.append(_item(_mark(look, kind), f"{name}{more} ({int(which.sum()):,})"))
    lonely = int(stopped_by_others(results).sum())
    if lonely:
        ring = '<circle cx="7" cy="7" r="5.5" class="ring"/>'
        items.append(_item(_icon(ring), f"all parties prefer it, others stop it ({lonely:,})"))
    two = len(parties(results)) == 2
    for found in frontiers(results):
        look = "frontier strong" if found.strong else "frontier"
        line = f'<path d="M0 4H7V10H14" class="{look}"/>' if two else f'<circle cx="7" cy="7" r="5" class="{look}"/>'
        items.append(_item(_icon(line), f"Pareto frontier of {found.among}"))
    items.append(_item('<i class="area"></i>', "both get more than W"))
    items.append(_item(_icon('<path d="M0 7H14" class="war"/>'), "W: what a party has without a deal"))
    for actor in parties(results):
        rounds, _ = offers_of(results, actor)
        if len(rounds):
            dot = f'<g style="color:{actor_color(actor)}"><path d="M0 7H14" class="offers"/>'
            dot += '<circle cx="7" cy="7" r="4" class="offer"/></g>'
            said = rounds_in_words(rounds, "round ", "rounds ")
            faint = ", from faint to full colour" if len(moves(results, actor)) > 1 else ""
            items.append(_item(_icon(dot), f"offers of {actor_titles(results)[actor]}, {said}{faint}"))
    if int(results["story_agreed"]) >= 0:
        items.append(_item("<b>★</b>", "the deal they sign"))
    return f'<p class="legend">{"".join(items)}</p>'


def _mark(look: str, kind: str) -> str:
    return _icon(f'<path d="M7 7{outline(look, kind)}" {mark(look, kind)}/>')


def _icon(inside: str) -> str:
    return f'<svg viewBox="0 0 14 14" class="icon" aria-hidden="true">{inside}</svg>'


def _item(icon: str, words: str) -> str:
    return f"<span>{icon}{escaped(words)}</span>"
