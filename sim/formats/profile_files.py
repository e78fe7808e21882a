"""What all formats of utilities share: profiles that agree on their issues, sides with different names, file names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.formats.source_text import SourceText, checked_all
from sim.formats.toml_text import identifiers
from sim.formats.utility_domain import DomainIssue, UtilityDomain, UtilityProfile
from sim.foundations import InputError, Problem


@dataclass(frozen=True)
class ReadProfile:
    """One side's file, as it was read.

    file:    where it stands
    issues:  the issues as this file has them
    profile: what the side wants, in the order of these issues
    domain:  what the file calls the domain; may be empty
    """

    file: SourceText
    issues: tuple[DomainIssue, ...]
    profile: UtilityProfile
    domain: str = ""


def domain_from(
    files: list[SourceText], found: Sequence[ReadProfile], issues: tuple[DomainIssue, ...] | None = None, name: str = ""
) -> UtilityDomain:
    """Join profiles on the same issues into a domain; a profile in another order of issues is put into the first.

    Args:
        issues: the issues of a file of the domain, if there is one
    Raises:  InputError with everything that has been found wrong in the files
    """
    checked_all(files)
    if len(found) < 2:
        where = str(files[0].path) if files else None
        message = f"two profiles or more are needed, {len(found)} {'is' if len(found) == 1 else 'are'} among the files"
        raise InputError(
            Problem(message, file=where, allowed="the domain, if it has a file, and a profile of each side")
        )
    order = issues if issues is not None else found[0].issues
    profiles = []
    for one in found:
        own = {issue.name: n for n, issue in enumerate(one.issues)}
        if problem := _differs(order, one):
            one.file.wrong(problem, 1, 1)
            continue
        places = [own[issue.name] for issue in order]
        weights = tuple(one.profile.weights[place] for place in places)
        profiles.append(replace(one.profile, weights=weights, values=tuple(_in_order(order, one, places))))
    checked_all(files)
    names = [profile.name for profile in profiles]
    again = {name for name in names if names.count(name) > 1}
    if again:
        stems = [one.file.path.stem for one in found]
        profiles = [replace(profile, name=stem) for profile, stem in zip(profiles, stems, strict=True)]
    notes = [note for file in files for note in file.notes]
    notes += [f"no reservation value of {profile.name}: 0" for profile in profiles if profile.reservation is None]
    title = name or next((one.domain for one in found if one.domain), "") or files[0].path.stem
    return UtilityDomain(title, order, tuple(profiles), tuple(dict.fromkeys(notes)))


def _differs(order: tuple[DomainIssue, ...], one: ReadProfile) -> str:
    """Where a profile's issues are not those of the domain."""
    own = {issue.name: issue for issue in one.issues}
    for issue in order:
        if issue.name not in own:
            return f'issue "{issue.name}" of the domain is missing'
        if set(own[issue.name].levels) != set(issue.levels):
            other = min(set(own[issue.name].levels) ^ set(issue.levels))
            return f'issue "{issue.name}" has other levels than the domain; the first that differs: "{other}"'
    extra = [name for name in own if name not in {issue.name for issue in order}]
    return f'there is no issue "{extra[0]}" in the domain' if extra else ""


def _in_order(order: tuple[DomainIssue, ...], one: ReadProfile, places: list[int]) -> list[tuple[float, ...]]:
    """Values in the order of the domain's levels."""
    rows = []
    for issue, place in zip(order, places, strict=True):
        worth = dict(zip(one.issues[place].levels, one.profile.values[place], strict=True))
        rows.append(tuple(worth[level] for level in issue.levels))
    return rows


def file_names(domain: UtilityDomain, suffix: str) -> list[str]:
    """A file name for each profile, of letters and digits that every system takes."""
    plain = [re.sub(r"[^A-Za-z0-9-]+", "_", profile.name) for profile in domain.profiles]
    return [f"{name}{suffix}" for name in identifiers(plain, "side")]
