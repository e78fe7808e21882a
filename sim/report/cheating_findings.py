"""Who breaks signed deals in secret, and how often that comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import xarray as xr

from sim.foundations import Bools
from sim.report.case_words import CaseWords
from sim.report.pieces import Sentence
from sim.words import capital, percent


@dataclass(frozen=True)
class CheatingShare:
    """What became of one who may cheat, in some draws.

    id:        his name
    signed:    in how many a deal was signed
    cheats:    in how many of these he breaks the first one in secret
    found_out: in how many of those he was found out before the end of the story
    """

    id: str
    signed: int
    cheats: int
    found_out: int


def cheating_shares(results: xr.Dataset, where: Bools) -> tuple[CheatingShare, ...] | None:
    """Count it among the draws ``where`` (B,); ``None`` in cases where nobody may cheat."""
    if not results.sizes.get("cheater"):
        return None
    signed = int((results["deal"].values[where] >= 0).sum())
    cheats, found = (results[name].values[where].astype(bool) for name in ("cheats", "found_out"))
    both, names = cheats & found, [str(name) for name in results["cheater"].values]
    return tuple(
        CheatingShare(name, signed, int(cheats[:, n].sum()), int(both[:, n].sum())) for n, name in enumerate(names)
    )


def cheating_sentences(words: CaseWords, shares: Sequence[CheatingShare]) -> tuple[Sentence, ...]:
    """Say it, one by one; nothing where nothing is signed."""
    return tuple(Sentence(_told(words, one)) for one in shares if one.signed)


def _told(words: CaseWords, found: CheatingShare) -> str:
    who = capital(words.actor(found.id))
    if not found.cheats:
        return f"{who} keeps every deal that is signed."
    text = f"{who} breaks {percent(found.cheats / found.signed)} of the signed deals in secret"
    if not found.found_out:
        return f"{text}, and is never found out before the end."
    return f"{text}, and is found out before the end in {percent(found.found_out / found.cheats)} of these worlds."
