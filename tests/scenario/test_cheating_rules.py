"""What is said of cheating that makes no sense, and what it is not worked out with."""

from sim.scenario import Scenario, rule_problems
from sim.scenario.rules_cheating import cheating_problems
from sim.words import number_title
from tests.engine.test_cheating import case, may, number


def messages(scenario):
    """What is wrong with its cheating."""
    return [(problem.message, problem.nearest) for problem in cheating_problems(scenario)]


def test_names_are_checked_and_the_nearest_is_named():
    """Whoever cheats signs; issues and levels exist."""
    scenario = case(
        {"aa": may(), "a": {**may(found_by={"inspection": {"yess": number(0.5)}, "insp": {}}), "on": ("limit",)}}
    )
    found = messages(scenario)
    assert ('there is no actor "aa"', "a") in found
    assert ('there is no issue "limit"', "limits") in found
    assert ('issue "inspection" has no level "yess"', "yes") in found
    assert [message for message, _ in found if "insp" in message]


def test_who_signs_nothing_breaks_no_word():
    """A mediator has no word to break."""
    raw = case({}).model_dump()
    raw["actors"]["c"] = raw["actors"]["b"] | {"role": "mediator"}
    raw["cheating"] = {"c": may()}
    (message, _), *_ = messages(Scenario.model_validate(raw))
    assert message == "c signs nothing, so there is no word that he could break"


def test_what_it_is_not_worked_out_with_is_said():
    """Deals that become others as they age, are signed again, or end in a vote."""
    raw = case({"a": may()}).model_dump()
    raw["true_hazard"]["shape"] = number(0.5)
    raw["actors"]["a"]["beliefs"]["fragile"] = {"chance": number(0.5), "base": number(0.5)}
    raw["talks"]["reopening"] = {"chance": number(0.5)}
    raw["issues"]["relief"]["follow_on"] = {"some": number(0.2)}
    raw["after_signature"] = {"breaking": {"temptation": number(0.1)}}
    raw["no_deal"] = {"model": "vote-again"}
    found = [problem.path for problem in cheating_problems(Scenario.model_validate(raw))]
    assert found == [
        ("issues", "relief", "follow_on"),
        ("actors", "a", "beliefs", "fragile"),
        ("true_hazard", "shape"),
        ("talks", "reopening"),
        ("after_signature", "breaking"),
        ("no_deal", "model"),
    ]


def test_its_numbers_are_numbers_like_any_other():
    """They can be set, swept and explained, each with words of its own; the case is sound."""
    scenario = case({"a": may(delay=1.0, penalty=0.1, far=0.5, found_by={"inspection": {"yes": number(0.5)}})})
    assert rule_problems(scenario) == []
    paths = [path for path in scenario.numbers if path.startswith("cheating.")]
    assert paths == [
        "cheating.a.far",
        "cheating.a.detection",
        "cheating.a.found_by.inspection.yes",
        "cheating.a.delay",
        "cheating.a.penalty",
    ]
    titles = [number_title(scenario, path) for path in paths]
    assert len(set(titles)) == 5
    assert titles[2] == "Chance a year that a is found out by inspection: yes"
