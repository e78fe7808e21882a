"""The downloaded overlay gives what was on screen, read back by the ordinary reader."""

import shlex
import shutil
import tomllib

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.ensemble import LIGHT, Design, play
from sim.ensemble.ask import ask
from sim.scenario import read_case
from sim.store import begin_run, save_results
from sim.view import Session, open_case, open_run
from sim.view.overlay_text import command, saved_as, screen_scenario
from tests.view.playing import DRAWS


def put_back(session, place, folder):
    """Write the overlay into a copy of the case and read it."""
    case = folder / "scenarios" / "small"
    if not case.exists():
        shutil.copytree(place.parent.parent, folder, dirs_exist_ok=True)
    (case / "overlays" / "my-world.toml").write_text(session.overlay(), encoding="utf-8")
    return read_case(case, overlay="my-world")


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), overlay=st.sampled_from([None, "harder"]))
def test_it_reads_back_and_gives_the_same_endings(place, tmp_path_factory, data, overlay):
    """Whatever was moved and whatever overlay lies below: same endings, deals and values, bit for bit."""
    session = Session(open_case(place, overlay, draws=12))
    paths = data.draw(st.lists(st.sampled_from(list(session.addable())), max_size=4, unique=True))
    for path in paths:
        session.move(path, data.draw(st.integers(0, len(session.add(path).stops) - 1)))
    shown = session.play(12)
    found = put_back(session, place, tmp_path_factory.mktemp("back")).scenario
    wanted = screen_scenario(session.opened, session.fixed)
    assert found.model_dump(exclude={"title"}) == wanted.model_dump(exclude={"title"})
    again = play(Design.of_draws(found, 12), columns=LIGHT)
    for name in ("ending", "deal", "utility"):
        assert np.array_equal(again[name].values, shown.results[name].values), name


def test_it_says_who_moved_what_and_how_to_play_it(session, place, tmp_path):
    """The head holds endings and the command; a moved number is no longer called sourced."""
    session.move("north.patience", 0)
    session.show(session.play(DRAWS))
    text = session.overlay()
    assert "# Endings in all 60 worlds" in text
    assert "sim run small --overlay ~/Downloads/my-world.toml --draws 60" in text
    assert 'extends = "../scenario.toml"' in text
    number = tomllib.loads(text)["actors"]["north"]["patience"]
    assert number["value"] == 0.6
    assert number["assumed"].startswith("set by hand")
    assert put_back(session, place, tmp_path).overlay == "my-world"


@pytest.mark.parametrize("overlay", [None, "harder"])
def test_it_is_played_from_wherever_it_was_saved(place, tmp_path, overlay):
    """The case is named beside it, whatever it extends; nothing has to be moved into the case."""
    session = Session(open_case(place, overlay, draws=DRAWS))
    session.add("south.patience")
    session.move("south.patience", 0)
    saved = tmp_path / "downloads" / "my-world.toml"
    saved.parent.mkdir()
    saved.write_text(session.overlay(), encoding="utf-8")
    found = read_case(place, overlay=saved).scenario
    wanted = screen_scenario(session.opened, session.fixed)
    assert found.model_dump(exclude={"title"}) == wanted.model_dump(exclude={"title"})


def test_only_the_home_folder_is_left_unquoted(place):
    """A shell must put the home folder in place of the tilde; other words are quoted where they need it."""
    opened = open_case(place, draws=5)
    assert "--overlay ~/Downloads/x.toml" in command(opened, saved_as("x"))
    assert "--overlay '~/a b.toml'" in command(opened, "~/a b.toml")
    assert "--overlay '~/a;b'" in command(opened, "~/a;b")


def test_an_overlay_below_is_extended_and_not_repeated(place):
    """What the chosen overlay says stays in its own file."""
    session = Session(open_case(place, "harder", draws=5))
    session.add("south.patience")
    session.move("south.patience", 0)
    found = tomllib.loads(session.overlay())
    assert found["extends"] == "harder.toml"
    assert set(found) == {"extends", "title", "actors"}


@pytest.mark.slow
def test_a_run_is_opened_with_the_changes_of_its_command_line(place, tmp_path):
    """The folder alone suffices; the overlay and its command hold the changes."""
    case = read_case(place)
    changes = {"talks.rounds": 6, "seed": "other"}
    asked = ask(case, changes=changes, draws=10)
    folder, manifest = begin_run(asked, argv=("sim",), out=tmp_path / "run")
    from sim.runs import run

    save_results(folder, manifest, run(asked.scenario, 10), digest="")
    opened = open_run(folder)
    assert (opened.draws, opened.scenario.talks.talk_rounds, opened.name) == (10, 6, case.name)
    words = shlex.split(command(opened, "mine"))
    assert words[-6:] == ["--draws", "10", "--set", "talks.rounds=6", "--seed", "other"]
    assert words[2] == "small"
    here = shlex.split(command(opened, "mine", here=True))
    assert read_case(here[2]).scenario.title == case.scenario.title  # the copy, by its path
    assert tomllib.loads(Session(opened).overlay())["talks"]["rounds"] == 6


@pytest.mark.parametrize("overlay", [None, "harder"])
def test_nothing_moved_gives_an_overlay_that_changes_nothing(place, overlay):
    """Only its title differs."""
    found = tomllib.loads(Session(open_case(place, overlay, draws=5)).overlay())
    assert set(found) == {"extends", "title"}
