"""The cases that come with the project read cleanly and tell the article in our own words."""

import hashlib
import re
from functools import cache
from pathlib import Path

import pytest

from sim.scenario.case_files import find_cases, overlays_of
from sim.scenario.reading import read_case
from sim.table.deal_space import DealSpace

PROJECT = Path(__file__).parents[2]
CASES = [folder.name for folder in find_cases(PROJECT / "scenarios")]
OVERLAYS = [
    (case, overlay) for case in CASES for overlay in overlays_of(PROJECT / "scenarios" / case / "scenario.toml")
]
#: Text of the article and its own copy of the rule: five words in a row are a quotation.
SOURCES = sorted((PROJECT.parent / "shared" / "seed").glob("*.txt"))
RUN = 5


@cache
def read(case, overlay=None):
    """One of the project's cases."""
    return read_case(PROJECT / "scenarios" / case, overlay=overlay)


def words(text):
    """Words of a text in lower case, without punctuation."""
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def runs(text):
    """Every run of RUN words of a text."""
    found = words(text)
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


@pytest.fixture(scope="module")
def source():
    """Bytes of the article the claims were taken from, where there is a copy."""
    if not SOURCES:
        pytest.skip("no copy of the article here")
    return SOURCES[0].read_bytes()


@pytest.mark.parametrize("case", CASES)
def test_case_reads_without_problems(case):
    """Each case folder holds a valid scenario and a README."""
    found = read(case)
    assert found.name == case
    assert found.scenario.title
    assert found.scenario.question
    assert (PROJECT / "scenarios" / case / "README.md").is_file()


@pytest.mark.parametrize(("case", "overlay"), OVERLAYS)
def test_overlay_reads_and_asks_its_own_question(case, overlay):
    """Each overlay is valid, has a title and a question of its own, and changes some number or rule."""
    base, changed = read(case).scenario, read(case, overlay).scenario
    assert changed.title != base.title
    assert changed.question != base.question
    named = {"title", "question"}
    assert changed.model_dump(exclude=named) != base.model_dump(exclude=named)


@pytest.mark.parametrize("path", sorted((PROJECT / "scenarios").glob("**/*.toml")), ids=lambda path: path.stem)
def test_scenario_files_name_the_schema_first(path):
    """The first line of each scenario file points editors to the schema."""
    if path.name in {"studies.toml", "forecasts.toml"}:
        pytest.skip("studies and public forecasts have no schema yet")
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("#:schema ")
    assert (path.parent / first.removeprefix("#:schema ")).resolve().parent == PROJECT / "scenarios"


@pytest.mark.parametrize(
    ("case", "kinds"),
    [
        ("ceasefire", (96, 480, 288)),
        ("pie", (101,)),
        ("budget", (28,)),
        ("buyer_seller", (336,)),
        ("labour", (340,)),
        ("river_dam", (1350,)),
        ("purchase", (5096,)),
        ("coalition", (36,)),
        ("summit", (2430,)),
        ("monitored_deal", (36,)),
    ],
)
def test_deal_space_has_the_expected_size(case, kinds):
    """Deals of each kind are as many as the levels say: truces, partial deals and settlements, or just deals."""
    space = DealSpace.of(read(case).scenario)
    assert tuple(int((space.kind == kind).sum()) for kind in range(len(space.kinds))) == kinds


def test_under_fire_only_settlements_are_on_offer():
    """The overlay without a truce leaves the settlements of the base case and nothing else."""
    space = DealSpace.of(read("ceasefire", "root-causes-under-fire").scenario)
    assert len(space) == 288
    assert (space.kind == 2).all()


def test_article_gives_20_to_40_claims_with_known_paragraphs_and_names():
    """Claims stay within the article, which has 20 lines, and are about actors and issues of the case."""
    case = read("ceasefire")
    names = {*case.scenario.actors, *case.scenario.issues}
    assert 20 <= len(case.article.claims) <= 40
    for claim in case.article.claims.values():
        assert 1 <= claim.paragraph <= 20
        assert set(claim.about) <= names
        assert claim.kind != "inferred" or claim.speaker == "reader"


def test_observation_claims_stand_behind_no_number():
    """What the model should explain is not told to it in the same breath."""
    scenario = read("ceasefire").scenario
    numbers = {
        claim
        for number in scenario.numbers.values()
        if number.place[0] != "observations"
        for claim in number.quantity.claims
    }
    for observation in scenario.observations.values():
        assert not numbers & set(observation.claims)


def test_who_gains_from_a_pause_is_symmetric_and_assumed():
    """The article does not say who gains from a pause, so neither does the prior."""
    actors = read("ceasefire").scenario.actors
    shift = actors["russia"].prevail_shift
    assert shift.assumed
    assert not shift.claims
    assert shift.low == -shift.high
    assert actors["ukraine"].prevail_shift is None  # what Russia gains Ukraine loses


def test_readme_counts_the_numbers_that_rest_on_claims():
    """The README's count of numbers by what they rest on is the scenario's."""
    found = read("ceasefire").scenario.grounds
    text = (PROJECT / "scenarios" / "ceasefire" / "README.md").read_text(encoding="utf-8")
    assert f"{found['claims']} of the {found['total']} numbers rest on claims" in text
    assert f"{found['rates']} numbers rest on rates" in text
    assert f"Everything else, {found['assumed']} numbers" in text


def test_both_sides_stand_firm_alike():
    """Moscow's line on land is drawn as Kyiv's is; its refusals of truces are observations, to be explained."""
    scenario = read("ceasefire").scenario
    ours, theirs = (scenario.actors[name].red_lines["line"] for name in ("russia", "ukraine"))
    for field in ("firmness", "cost"):
        both = [getattr(line, field) for line in (ours, theirs)]
        assert (both[0].low, both[0].high) == (both[1].low, both[1].high)
    assert sorted(ours.begins.options.values()) == sorted(theirs.begins.options.values())
    assert list(scenario.actors["russia"].red_lines) == ["line"]
    assert scenario.observations["moscow_refuses_quick_truce"].says == "rejects"
    assert scenario.observations["moscow_asks_for_the_causes"].says == "rejects"


def test_the_stable_hazard_follows_from_the_record():
    """What breaks deals that hold is counted in other wars, in truth and in belief; its range is not chosen."""
    scenario = read("ceasefire").scenario
    found = scenario.numbers["true_hazard.base"].quantity
    assert found.ground == "rate"
    assert (round(float(found.low), 3), round(float(found.high), 3)) == (0.023, 0.067)
    for name in scenario.actors:
        assert scenario.numbers[f"{name}.beliefs.base"].quantity.mirrors == "true_hazard.base"
    for path, number in scenario.numbers.items():
        if path.endswith((".fragile.enforcement", ".fragile.resolved", ".fragile.pressure")):
            assert float(number.quantity.low) == 0 or path == "russia.beliefs.fragile.resolved"


def test_hash_is_that_of_the_source(source):
    """The hash in the evidence file is that of the article's bytes."""
    assert read("ceasefire").article.sha256 == hashlib.sha256(source).hexdigest()


@pytest.mark.parametrize(
    "name", ["seeds/ceasefire.toml", "scenarios/ceasefire/scenario.toml", "scenarios/ceasefire/README.md"]
)
def test_no_run_of_five_words_is_copied(source, name):
    """Claims, comments and README are in our own words."""
    ours = runs((PROJECT / name).read_text(encoding="utf-8"))
    assert not ours & runs(source.decode())


def test_paragraphs_are_lines_of_the_source(source):
    """The article has the non-empty lines that the evidence file counts; no claim comes from a heading."""
    lines = [line for line in source.decode().splitlines() if line.strip()]
    assert len(lines) == 20
    headings = {number for number, line in enumerate(lines, 1) if len(words(line)) < 8}
    assert headings == {4, 7, 11, 15}
    assert not headings & {claim.paragraph for claim in read("ceasefire").article.claims.values()}
