"""The main case in the viewer: each of its overlays responds and can be taken away, and no key is shown to people."""

import html
import re
from pathlib import Path

import pytest

from sim.ensemble.ask import ask
from sim.plots.frame.labels import parties
from sim.report.page.renderer import render_part
from sim.runs.difference import Shares
from sim.scenario import read_case
from sim.scenario.case_files import overlays_of
from sim.store import begin_run, save_results
from sim.view import Session, open_case, open_run
from sim.view.ending_map import EndingMap
from sim.view.endings_chart import endings_bars, endings_note, endings_table
from sim.view.map_chart import map_options, map_table
from sim.view.opened_world import open_world
from sim.view.outcome_pieces import told_outcomes
from sim.view.overlay_text import screen_scenario
from sim.view.plane_chart import plane_options, plane_pairs, plane_table
from sim.view.waterfall_chart import waterfalls

pytestmark = pytest.mark.slow
CASE = Path("scenarios/ceasefire")
OVERLAYS = overlays_of(CASE / "scenario.toml")
DRAWS = 40
#: What everybody thinks of the deals, and what having none is worth to somebody.
JUDGED, WAR = {"would_sign", "could_be_signed", "surplus"}, {"war", "alternative"}
#: Overlays of another war, belief about it, or aims of an onlooker, which bear on what no deal is worth.
OF_THE_WAR = {"battles-teach", "optimism", "patient-mediator", "strong-guarantees"}
#: Overlays of how it is talked, or of what nobody reckons with when he signs, and nothing else.
OF_THE_TALKS = {"private-resolve", "spoilers", "talks-are-held-anew"}


def shares(played):
    """Shares of the endings among all worlds."""
    return tuple(played.endings(fitting=False).share.values())


def spoken(found, key=""):
    """Texts of a chart that people read: names, labels and tooltips."""
    if isinstance(found, dict):
        return [text for name, item in found.items() for text in spoken(item, name)]
    if isinstance(found, list):
        return [text for item in found for text in spoken(item, key)]
    return [found] if key in {"name", "formatter", "description"} and isinstance(found, str) else []


def test_the_case_has_its_overlays():
    """So that the tests below look at something."""
    assert len(OVERLAYS) >= 8


@pytest.fixture(scope="module")
def base():
    """What the case is like under no overlay."""
    return Session(open_case(CASE, draws=DRAWS)).play(DRAWS)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_an_overlay_responds_and_is_taken_away(overlay, base, tmp_path):
    """Another world is on screen; the download extends the overlay, and gives that world from anywhere."""
    session = Session(open_case(CASE, overlay, draws=DRAWS))
    played = session.play(DRAWS)
    assert isinstance(played.endings(fitting=True), Shares)
    moved = {name for name in (*JUDGED, *WAR) if not played.results[name].equals(base.results[name])}
    if overlay in OF_THE_TALKS:
        assert not moved
        assert not played.results["utility"].equals(base.results["utility"])
    else:
        assert moved == (JUDGED | WAR if overlay in OF_THE_WAR else JUDGED)
    session.offer_sliders(played.results)
    path, slider = next(iter(session.sliders.items()))
    session.move(path, len(slider.stops) - 1)
    text = session.overlay()
    assert f'extends = "{overlay}.toml"' in text
    saved = tmp_path / "my-world.toml"
    saved.write_text(text, encoding="utf-8")
    found = read_case(CASE, overlay=saved).scenario
    wanted = screen_scenario(session.opened, session.fixed)
    assert found.model_dump(exclude={"title"}) == wanted.model_dump(exclude={"title"})


def test_people_are_shown_titles_and_never_keys():
    """Neither red lines nor claims, observations or endings appear by their keys, on page or in a world."""
    session = Session(open_case(CASE, draws=DRAWS))
    session.show(session.play(DRAWS))
    session.offer_sliders(session.full.results)
    for path in session.addable():
        session.add(path)
    sliders = list(session.sliders.values())
    words = session.full.words
    drawn = EndingMap(sliders[0], sliders[1], {}, worlds=10)
    drawn.xs, drawn.ys = drawn.xs[:2], drawn.ys[:2]
    drawn.play(session.opened, lambda done, total: None)
    world = open_world(session.opened, {}, 0, 0)
    session.pin()
    texts = [
        render_part([endings_table(session.full), endings_note(session.full, DRAWS)]),
        render_part(told_outcomes(session.opened, session.full)),
        render_part([fall.table("x") for fall in waterfalls(session.full)]),
        render_part([plane_table(session.full.results), map_table(drawn, words), *session.comparison()]),
        *re.findall('(?:title|aria-label)="([^"]*)"', endings_bars(session.full)),
        endings_bars(session.full),
        *spoken([fall.options() for fall in waterfalls(session.full)]),
        *(
            text
            for pair in plane_pairs(session.full.results)
            for text in spoken(plane_options(session.full.results, pair)[0])
        ),
        *spoken(map_options(drawn, words)[0]),
        world.ending,
        *(str(voice) for reasons in world.reasons for voice in reasons.voices),
        *(text for slider in sliders for text in (slider.title, slider.drawn, *slider.grounds)),
        *session.says(),
    ]
    scenario = session.opened.scenario
    keys = {label for actor in scenario.actors.values() for label in actor.red_lines}
    keys |= {*scenario.issues, *scenario.observations, *scenario.actors, *session.opened.case.article.claims}
    coined = {key for key in keys if "_" in key or "-" in key}
    assert coined
    for text in texts:
        seen = html.unescape(re.sub(r"<[^>]*>", " ", text))
        assert not [key for key in coined if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", seen)], seen
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", seen), seen
        assert "stalemate" not in seen.replace("hurting stalemate", ""), seen


def test_whoever_makes_no_offer_is_told_to_make_none(base):
    """The typical world of the case is one in which Ukraine is silent, and the page says why."""
    from sim.plots.run.offer_path import offers_of, silence

    results = base.results
    titles = [str(title) for title in results.attrs["actor_titles"]]
    quiet = [
        titles[actor]
        for actor in parties(results)
        if not len(offers_of(results, actor)[1]) and not (results["offer_actor"].values == actor).any()
    ]
    told = silence(results)
    assert all(f"{title} makes no offer: " in told for title in quiet)
    assert told.count("makes no offer") == len(quiet)


def test_a_widened_run_with_an_overlay_opens_as_it_was_played(tmp_path):
    """Ranges are as wide as in the run, and the overlay taken away says how to widen them again."""
    from sim.runs import run

    case = read_case(CASE, overlay="verified-freeze")
    asked = ask(case, draws=5, widen=1.29)
    folder, manifest = begin_run(asked, argv=("sim",), out=tmp_path / "run")
    save_results(folder, manifest, run(asked.scenario, 5), digest="")
    opened = open_run(folder)
    assert (opened.case.overlay, opened.widen, opened.draws) == ("verified-freeze", 1.29, 5)
    assert opened.scenario.model_dump(exclude={"title"}) == asked.scenario.model_dump(exclude={"title"})
    text = Session(opened).overlay()
    assert "--widen 1.29" in text
    assert 'extends = "verified-freeze.toml"' in text
