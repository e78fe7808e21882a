"""Ports, cases to choose from, and what is said where the extra is missing."""

import socket

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.foundations import InputError
from sim.view import open_case
from sim.view.serve import free_port, known_cases


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


def test_help_needs_no_extra():
    """The options are told on any machine, and the example is there."""
    found = CliRunner().invoke(main, ["view", "--help"])
    assert found.exit_code == 0
    assert "Example: sim view" in found.output
    assert "--no-open" in found.output
    assert "--json" in found.output
