"""What people call actors, issues, terms, red lines, observations and claims, in the scenario's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sim.evidence import Article
from sim.scenario.scenario import Scenario

#: The number and the term are the same thing, so they have the same name.
DAMAGE: Final = "damage from a broken deal"


@dataclass(frozen=True)
class TermWords:
    """A term of the surplus as people say it.

    noun:   what it is, as figures name it
    reason: as the reason of a refusal
    """

    noun: str
    reason: str


#: Name of the term (see sim.table.surplus) -> its words; issues and red lines are called by their titles.
TERM_SPOKEN: Final[Mapping[str, TermWords]] = MappingProxyType(
    {
        "interaction of issues": TermWords("two issues together", "too little worth in two issues together"),
        "soft red lines": TermWords("cost of crossing soft red lines", "the cost of crossing its soft red lines"),
        "cost of war saved": TermWords("cost of war saved", "too little cost of war saved"),
        "arms promise: root causes": TermWords(
            "hope of winning root causes by arms", "hope of winning root causes by arms"
        ),
        "arms promise: other issues": TermWords(
            "hope of winning other issues by arms", "hope of winning other issues by arms"
        ),
        "worth of no deal": TermWords("worth of no deal", "the worth of no deal to it"),
        "follow-on talks": TermWords("follow-on talks", "fear of where follow-on talks would lead"),
        "waiting for a settlement": TermWords("waiting for a settlement", "hope of a settlement later"),
        "waiting for another deal": TermWords("waiting for another deal", "hope of another deal later"),
        "collapse damage": TermWords(DAMAGE, f"fear of the {DAMAGE}"),
        "cheating": TermWords("what is broken in secret", "fear of what would be broken in secret"),
        "audience": TermWords("what an audience at home takes", "fear of an audience at home"),
        "breaking first": TermWords("what breaking it first would gain", "nothing to gain by breaking it first"),
        "power shift": TermWords("power shift in a pause", "fear that a pause shifts power against it"),
        "signing again": TermWords("signing again after a collapse", "too little hope to sign again"),
        "pressure": TermWords("pressure", "too little pressure"),
    }
)


_CLAIM_LETTERS: Final = 90
#: Parts of names of models that people are called by.
_PEOPLE: Final = frozenset({"condorcet", "nash"})
#: What no shortened sentence should end with.
_DANGLING: Final = re.compile(
    r"(a|an|and|as|at|be|by|for|from|has|have|if|in|is|its?|may|not?|of|on|or|so|than|that|the|their|this|to|unless|with)"
)


def actor_title(scenario: Scenario, name: str) -> str:
    """What people call an actor."""
    actor = scenario.actors.get(name)
    return (actor.title if actor is not None else "") or name.replace("_", " ")


def level_title(scenario: Scenario, issue: str, key: str) -> str:
    """What people call a level of an issue, from what it is called in data: of a number, with its unit.

    Example:
        >>> price = {"kind": "numeric", "low": 2e6, "high": 3e6, "points": 11, "unit": "USD", "status_quo": 2e6}
        >>> actor = {"patience": {"value": 0.9}}
        >>> sale = Scenario(title="t", issues={"price": price}, actors={"p": actor, "q": actor})
        >>> level_title(sale, "price", "2300000")
        '2.3 M USD'
    """
    found = scenario.issues.get(issue)
    try:
        return key if found is None else found.names[found.index(key)]
    except KeyError:
        return key


def model_title(name: str) -> str:
    """What people call a model of collective choice, from the name that it is registered under.

    Example:
        >>> model_title("challenge-model"), model_title("condorcet-median"), model_title("agenda-setter")
        ('challenge model', 'Condorcet median', 'agenda setter')
    """
    return " ".join(word.capitalize() if word in _PEOPLE else word for word in name.split("-"))


def issue_title(scenario: Scenario, name: str) -> str:
    """What people call an issue."""
    issue = scenario.issues.get(name)
    if issue is None:
        return name
    depends = f", if {contingency_title(scenario, issue.given)}" if issue.given is not None else ""
    depends += f", unless {contingency_title(scenario, issue.unless)}" if issue.unless is not None else ""
    return f"{issue.title or name}{depends}"


def contingency_title(scenario: Scenario, name: str) -> str:
    """What people call something that terms depend on, as a clause."""
    found = scenario.contingencies.get(name)
    return (found.title if found is not None else "") or name.replace("_", " ")


def line_title(scenario: Scenario, actor: str, label: str) -> str:
    """Say what a red line is on: its issue, or the label where it is on the worth of the deal as a whole.

    The label is told beside the issue where the actor has several lines on that issue.

    Example:
        >>> line = {"issue": "x", "rejects": "b", "begins": {"value": "b"}, "firmness": {"value": 1}}
        >>> issue = {"levels": ["a", "b"], "status_quo": "a", "title": "Growth of NATO"}
        >>> actor = {"patience": {"value": 0.9}, "red_lines": {"x": line}}
        >>> other = {"patience": {"value": 0.9}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": other}, default_assumed="toy")
        >>> line_title(toy, "p", "x")
        'on "Growth of NATO"'
    """
    spoken = label.replace("_", " ")
    owner = scenario.actors.get(actor)
    line = owner.red_lines.get(label) if owner is not None else None
    if owner is None or line is None:
        return f"on {spoken}"
    if line.issue is None:
        return f'"{spoken[:1].upper()}{spoken[1:]}"'
    several = sum(other.issue == line.issue for other in owner.red_lines.values()) > 1
    return f'on "{issue_title(scenario, line.issue)}"{f" ({spoken})" if several else ""}'


def term_words(scenario: Scenario, term: str) -> str:
    """Say by which term of the surplus, issue or red line somebody refuses.

    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a", "title": "The border"}
        >>> actor = {"patience": {"value": 0.9, "assumed": "toy"}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor})
        >>> term_words(toy, "x"), term_words(toy, "p.red_lines.x")
        ('too little on "The border"', 'hard red line on x')
    """
    if ".red_lines." in term:
        actor, _, label = term.partition(".red_lines.")
        return f"hard red line {line_title(scenario, actor, label)}"
    if term in scenario.issues:
        return f'too little on "{issue_title(scenario, term)}"'
    return TERM_SPOKEN[term].reason if term in TERM_SPOKEN else term


def observation_title(name: str) -> str:
    """What people call an observation: its key as words.

    Example:
        >>> observation_title("moscow_refuses_quick_truce")
        'Moscow refuses quick truce'
    """
    spoken = name.replace("_", " ")
    return spoken[:1].upper() + spoken[1:]


def claim_title(article: Article | None, name: str) -> str:
    """What people call a claim: what it says in our own words, shortened; its key as words without the evidence.

    Example:
        >>> claim_title(None, "kyiv-gives-up-no-land")
        'Kyiv gives up no land'
    """
    claim = article.claims.get(name) if article is not None else None
    if claim is None:
        spoken = name.replace("-", " ").replace("_", " ")
        return spoken[:1].upper() + spoken[1:]
    return _shortened(claim.says.removesuffix("."), _CLAIM_LETTERS)


def claim_titles(scenario: Scenario, article: Article | None) -> dict[str, str]:
    """Claim -> title, for every claim that a number of the scenario rests on."""
    used = dict.fromkeys(claim for number in scenario.numbers.values() for claim in number.quantity.claims)
    return {name: claim_title(article, name) for name in used}


def event_title(scenario: Scenario, name: str) -> str:
    """What people call an event, with an article where its author gave one."""
    found = scenario.events.get(name)
    return (found.title if found is not None else "") or f"“{name.replace('_', ' ')}”"


def _shortened(text: str, letters: int) -> str:
    """Text cut at the end of a clause in its second half, else of a word, where it is longer than so many letters."""
    if len(text) <= letters:
        return text
    start = text[: letters - 1]
    clause = max((mark.start() for mark in re.finditer(r"[,;:] ", start)), default=0)
    words = start[: clause if clause > letters / 2 else start.rfind(" ")].split()
    while len(words) > 1 and _DANGLING.fullmatch(words[-1].lower()):
        words.pop()
    return f"{' '.join(words).rstrip(',;:')} …"


#: What says what a number of a section is.
