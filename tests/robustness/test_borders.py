"""A scenario of somebody else names files of its own project only, and what it may not read is never quoted."""

import json

import pytest
from click.testing import CliRunner

from sim import play_case, read_case, sweep_case
from sim.cli.main import main
from sim.evidence import project_of, trusting
from sim.foundations import InputError
from tests.scenario.small_case import SMALL, write_case

PRIVATE = "it is hunter2 ]["


@pytest.fixture
def place(tmp_path):
    """A project with a case in it, and a file of somebody's beside the project."""
    (tmp_path / "secret.toml").write_text(PRIVATE, encoding="utf-8")
    (tmp_path / "project" / "seeds").mkdir(parents=True)
    write_case(tmp_path / "project" / "scenarios" / "c", over='extends = "../scenario.toml"\ntitle = "over"\n')
    return tmp_path


def told(*words):
    """What `sim` says, which holds nothing of the secret, and its exit code."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    assert "hunter2" not in done.output
    return done.exit_code, done.output


def evidence(case, secret):
    """Its evidence is the secret."""
    (case / "scenario.toml").write_text(f'evidence = "{secret}"\n{SMALL}', encoding="utf-8")


def base(case, secret):
    """It extends the secret."""
    (case / "scenario.toml").write_text(f'extends = "{secret}"\n{SMALL}', encoding="utf-8")


def overlay(case, secret):
    """An overlay of its is the secret, behind a link."""
    (case / "overlays" / "over.toml").unlink()
    (case / "overlays" / "over.toml").symlink_to(secret)


def folder(case, secret):
    """Its overlays are a folder elsewhere."""
    (case / "overlays" / "over.toml").unlink()
    (case / "overlays").rmdir()
    (case / "overlays").symlink_to(secret.parent)


def linked(case, secret):
    """Its evidence is a file of the project that is a link to the secret."""
    (case / "seed.toml").symlink_to(secret)
    evidence(case, "seed.toml")


def itself(case, secret):
    """It is a link to the secret."""
    (case / "scenario.toml").unlink()
    (case / "scenario.toml").symlink_to(secret)


@pytest.mark.parametrize("named", [evidence, base, overlay, folder, linked, itself])
def test_what_lies_outside_is_refused(place, named):
    """By whatever way it is named; and let in where the reader says so, whose files may be told."""
    case = place / "project" / "scenarios" / "c"
    named(case, place / "secret.toml")
    code, output = told("check", case, "--quick")
    assert code == 2
    assert "leads out of the project" in output
    assert "sim --trust" in output
    found = CliRunner().invoke(main, ["--trust", str(place), "check", str(case), "--quick"])
    assert found.exit_code == 2
    assert "leads out" not in found.output


@pytest.mark.parametrize("name", ["../../../../secret", "PRIVATE"])
def test_overlays_that_studies_name_are_those_of_the_project(place, name):
    """A path is no name."""
    case = place / "project" / "scenarios" / "c"
    name = str(place / "secret.toml") if name == "PRIVATE" else name
    axes = '[studies.s.axes]\n"talks.rounds" = [2, 3]\n'
    for text in (
        f'[studies.s]\noverlay = "{name}"\n{axes}',
        f'[studies.s.axes]\noverlay = ["{name}", "none"]\n',
        f'[studies.s.axes.x.settings]\na = {{ overlay = "{name}" }}\nb = {{ "talks.rounds" = 2 }}\n',
    ):
        (case / "studies.toml").write_text(text, encoding="utf-8")
        code, output = told("plan", case, "--study", "s")
        assert code == 2
        assert "leads out of the project" in output
    (case / "studies.toml").unlink()
    (case / "studies.toml").symlink_to(place / "secret.toml")
    code, output = told("plan", case, "--study", "s")
    assert code == 2
    assert "leads out of the project" in output


@pytest.mark.slow
def test_a_manifest_names_no_file_of_others(place):
    """Neither a case to go on with, nor an overlay."""
    sweep = place / "project" / "sweep"
    sweep_case(read_case(place / "project" / "scenarios" / "c"), over={"talks.rounds": [2, 3]}, draws=2, out=sweep)
    file = sweep / "manifest.json"
    before = json.loads(file.read_text(encoding="utf-8"))
    secret = str(place / "secret.toml")
    case = str(place / "project" / "scenarios" / "c")
    for changed in (
        {"sweep": {**before["sweep"], "case": secret}},
        {"sweep": {**before["sweep"], "case": case}, "overlay": secret},
        {"sweep": {**before["sweep"], "case": case}, "overlays": [secret]},
    ):
        file.write_text(json.dumps({**before, **changed}), encoding="utf-8")
        assert told("sweep", "--resume", sweep, "--workers", "0", "--no-figures", "--no-spread")[0] == 2


@pytest.mark.slow
def test_copies_are_read_wherever_they_came_from(place):
    """What was let in once lies in the folder, and needs no trust any more."""
    case = place / "project" / "scenarios" / "c"
    (place / "elsewhere").mkdir()
    (place / "elsewhere" / "base.toml").write_text(SMALL, encoding="utf-8")
    (case / "scenario.toml").write_text(f'extends = "{place}/elsewhere/base.toml"\ntitle = "far"\n', encoding="utf-8")
    with pytest.raises(InputError, match="leads out"):
        read_case(case)
    with trusting(place / "elsewhere"):
        play_case(read_case(case), 3, out=place / "run")
    assert told("check", place / "run", "--quick")[0] == 2
    (case / "scenario.toml").write_text('extends = "../../../elsewhere/base.toml"\ntitle = "far"\n', encoding="utf-8")
    with trusting(place / "elsewhere"):
        play_case(read_case(case), 3, out=place / "again")
    assert told("reproduce", place / "again")[0] == 0


@pytest.mark.slow
def test_an_overlay_that_is_typed_may_lie_anywhere(place):
    """Whoever types its path has said so."""
    far = place / "far" / "deep" / "down"
    far.mkdir(parents=True)
    (far / "o.toml").write_text('extends = "scenario.toml"\ntitle = "far"\n', encoding="utf-8")
    case = place / "project" / "scenarios" / "c"
    assert told("run", case, "--overlay", far / "o.toml", "--draws", 3, "--no-flips", "--out", place / "out")[0] == 0


def test_where_a_project_begins(tmp_path):
    """At the nearest folder that looks like one, else above the case."""
    lone = tmp_path / "a" / "b" / "c" / "scenario.toml"
    lone.parent.mkdir(parents=True)
    assert project_of(lone) == tmp_path / "a" / "b"
    assert project_of(lone.parent / "overlays" / "o.toml") == tmp_path / "a" / "b"
    (lone.parent / "seeds").mkdir()
    assert project_of(lone) == tmp_path / "a" / "b"
    (tmp_path / "a" / ".git").mkdir()
    assert project_of(lone) == tmp_path / "a"
