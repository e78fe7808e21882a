"""Made-up tables and domains, and files of them."""

from pathlib import Path

from hypothesis import strategies as st

from sim.formats.source_text import SourceText
from sim.formats.stakeholder_table import Stakeholder, StakeholderIssue, StakeholderTable
from sim.formats.utility_domain import DomainIssue, UtilityDomain, UtilityProfile

#: Words as people write them, with what CSV, XML, JSON, YAML and TOML each find hard.
WORDS = st.text(
    st.sampled_from("abZéλ€ .,;:=-_()&<>\"#$%!?*'/\\|[]{}~NO01"), min_size=1, max_size=12
).map(str.strip).filter(bool)  # fmt: skip
NUMBERS = st.floats(0, 1, allow_subnormal=False).map(lambda x: round(x, 12))


def names(least, most):
    """Different words."""
    return st.lists(WORDS, min_size=least, max_size=most, unique=True)


@st.composite
def tables(draw, scale=100, words=WORDS, gaps=False):
    """Tables of stakeholders; on scales of their own where gaps are allowed, as Decide and plain tables have them."""
    many = st.lists(words, min_size=1, max_size=3, unique=True)
    issues = []
    for name in draw(many):
        low = draw(st.floats(-50, 50).map(lambda x: round(x, 3))) if gaps else 0.0
        width = draw(st.floats(1, 80).map(lambda x: round(x, 3))) if gaps else 100.0
        issues.append(StakeholderIssue(name, low, low + width))
    actors = []
    for name in draw(st.lists(words, min_size=2, max_size=4, unique=True)):
        place, weight = [], []
        for issue in issues:
            there = not gaps or issue is issues[0] or draw(st.booleans())
            share = draw(st.floats(0.01, 1).map(lambda x: round(x, 6))) * scale / (1 if gaps else len(issues) + 0.01)
            at = min(issue.high, max(issue.low, issue.low + draw(NUMBERS) * (issue.high - issue.low)))
            place.append(at if there else None)
            weight.append(share if there else None)
        description = draw(st.one_of(st.just(name), words))
        capability = draw(st.floats(0.1, 1e6))
        actors.append(Stakeholder(name, description, capability, tuple(place), tuple(weight)))
    return StakeholderTable(draw(words), draw(words), tuple(issues), tuple(actors), scale)


@st.composite
def domains(draw, numeric=False, best=False, sides=2):
    """Domains whose weights sum to 1 and whose values lie between 0 and 1; the best of each issue 1 where asked."""
    issues = [DomainIssue(name, tuple(draw(names(2, 4)))) for name in draw(names(1, 3))]
    if numeric:
        low = draw(st.integers(-20, 20))
        title = draw(WORDS.filter(lambda word: all(issue.name != word for issue in issues)))
        count = draw(st.integers(2, 9))
        issues.append(DomainIssue.of_numbers(title, float(low), float(low + count - 1), count))
    profiles = []
    for name in draw(names(sides, sides)):
        raw = [draw(st.floats(0.05, 1)) for _ in issues]
        values = []
        for issue in issues:
            if issue.numbers is not None:
                up = [k / (issue.numbers[2] - 1) for k in range(issue.numbers[2])]
                row = up if draw(st.booleans()) else up[::-1]
            else:
                row = [draw(NUMBERS) for _ in issue.levels]
                row[draw(st.integers(0, len(row) - 1))] = 1.0 if best else row[0]
            values.append(tuple(row))
        weights = tuple(one / sum(raw) for one in raw)
        profiles.append(UtilityProfile(name, weights, tuple(values), draw(NUMBERS)))
    return UtilityDomain(draw(WORDS), tuple(issues), tuple(profiles))


def source(text, name):
    """A file that is nowhere but in memory."""
    return SourceText(Path(name), text, "")
