"""What `sim models` says of how well a member is verified rests on tests that exist."""

import ast
import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.cli.member_grades import MEETS, meets, member_grade
from sim.cli.member_uses import uses_of
from sim.cli.models import every_member
from sim.cli.theory_arguments import numbers_of
from sim.equilibria import EQUILIBRIA
from sim.protocols import PROTOCOLS
from sim.solutions import SOLUTIONS
from tests.cli.test_textbook import ELSEWHERE

ROOT = Path(__file__).parents[2]


@cache
def names_of_tests(file):
    """Names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_evidence_exists():
    """Whoever claims to be verified names a test that is there; what is ours names where its tests stand."""
    for kind, entry in every_member():
        found = member_grade(kind, entry.name)
        file, _, test = found.evidence.partition("::")
        assert (ROOT / file).exists(), entry.name
        assert found.grade == "ours" or test, entry.name
        if test:
            assert test in names_of_tests(file), entry.name


def test_grades_tell_members_apart():
    """Each grade is given, and most members of theory are held against something."""
    grades = [
        member_grade(kind, entry.name).grade for kind, entry in every_member() if kind in {"equilibrium", "game solver"}
    ]
    assert set(grades) >= {"verified against published numbers", "verified against theory"}
    assert grades.count("ours") < len(grades) / 4


def test_what_protocols_meet_is_registered():
    """Every protocol says which theories it meets, if any, and these exist."""
    assert set(MEETS) == set(PROTOCOLS.names)
    assert {name for names in MEETS.values() for name in names} <= {*EQUILIBRIA.names, *SOLUTIONS.names}


@pytest.mark.slow
def test_models_and_explain_tell_it():
    """The grade stands in both, with settings, assumptions, uses and what it meets in the second."""
    listed = json.loads(CliRunner().invoke(main, ["models", "--kind", "protocol", "--json"]).stdout)["models"]
    assert {one["grade"] for one in listed} <= {"verified against published numbers", "verified against theory", "ours"}
    told = json.loads(CliRunner().invoke(main, ["explain", "strategic-random-proposer", "--json"]).stdout)
    assert told["settings"] == {"recognition": "equal"}
    assert "baron-ferejohn" in told["meets"]
    told = json.loads(CliRunner().invoke(main, ["explain", "zeuthen", "--json"]).stdout)
    assert "ceasefire (beside its own)" in told["used_in"]
    told = json.loads(CliRunner().invoke(main, ["explain", "baron-ferejohn", "--json"]).stdout)
    assert "all signers are equally patient" in told["assumes"]["of the case"]


#: Kinds of members of which everything is told: figures and formats of files are told where they are listed.
TOLD = {
    "protocol",
    "strategy",
    "acceptance rule",
    "offering rule",
    "solution",
    "equilibrium",
    "game solver",
    "forecast",
}


def test_what_explain_tells_is_known():
    """What it is, its source, its settings or numbers, where it is used or what it meets, and how well it is tested."""
    for kind, entry in (one for one in every_member() if one[0] in TOLD):
        assert entry.summary, entry.name
        assert entry.source, entry.name
        assert member_grade(kind, entry.name).evidence, entry.name
        if kind in {"equilibrium", "game solver"}:
            used = list(uses_of(kind, entry.name))
            assert used or meets(kind, entry.name) or entry.name == "shapley-value-sampled", entry.name
            assert numbers_of(entry.name) or entry.name in ELSEWHERE, entry.name
