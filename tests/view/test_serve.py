"""Ports, cases to choose from, and what is said where the extra is missing."""

import socket

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.ensemble.ask import ask
from sim.foundations import InputError
from sim.runs import run
from sim.scenario import read_case
from sim.store import begin_run, save_results
from sim.view import open_case, open_run
from sim.view.serve import free_port, known_cases, own_hosts


def test_a_free_port_is_free():
    """It can be bound at once."""
    port = free_port("127.0.0.1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))


def test_a_taken_port_is_said_to_be_taken():
    """With the address and a remedy."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match="cannot listen on 127"):
            free_port("127.0.0.1", taken.getsockname()[1])


def test_only_names_of_this_machine_lead_to_the_viewer():
    """Listening on the loopback it has its three names; whoever listens elsewhere is reached under any."""
    assert set(own_hosts("::1", 80)) == {"127.0.0.1:80", "[::1]:80", "localhost:80"}
    assert own_hosts("0.0.0.0", 80) == ()  # noqa: S104 - it is asked about, not listened on


def test_cases_beside_the_one_shown_can_be_chosen(place):
    """The one shown comes first; each is there once."""
    found = known_cases(open_case(place, draws=5), place.parent)
    assert list(found.values()) == ["small"]


def test_without_the_extra_the_way_to_install_it_is_told(monkeypatch, place):
    """Exit code 2 and no traceback."""
    monkeypatch.setattr("sim.cli.view.find_spec", lambda name: None)
    found = CliRunner().invoke(main, ["view", str(place)])
    assert found.exit_code == 2
    assert "negotiation-sim[view]" in found.output
    assert "Traceback" not in found.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("manifest.json", b""),
        ("manifest.json", b'{"case": "small", '),
        ("manifest.json", b"[1]"),
        ("manifest.json", b'{"format": 5, "case": []}'),
        ("manifest.json", b"\xff\xfe\x00"),
        ("scenario.toml", b"x = ["),
        ("scenario.toml", None),
    ],
)
def test_damaged_folders_are_refused_with_a_sentence(place, tmp_path, monkeypatch, name, content):
    """Truncated, altered, foreign or incomplete: exit code 2, and the file that is wrong is named."""
    monkeypatch.setattr("sim.cli.view.find_spec", lambda package: package)  # whether or not the extra is there
    asked = ask(read_case(place), draws=5)
    folder, manifest = begin_run(asked, argv=("sim",), out=tmp_path / "run")
    save_results(folder, manifest, run(asked.scenario, 5), digest="")
    assert open_run(folder).draws == 5
    (damaged,) = folder.rglob(name)
    if content is None:
        damaged.unlink()
    else:
        damaged.write_bytes(content)
    found = CliRunner().invoke(main, ["view", str(folder), "--no-open"])
    assert found.exit_code == 2
    assert name in found.output.replace("\n", "")
    assert "Traceback" not in found.output


def test_help_needs_no_extra():
    """The options are told on any machine, and the example is there."""
    found = CliRunner().invoke(main, ["view", "--help"])
    assert found.exit_code == 0
    assert "Example: sim view" in found.output
    assert "--no-open" in found.output
    assert "--json" in found.output
