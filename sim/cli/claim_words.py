"""A claim of the evidence file, for machines and in one line for people."""

from __future__ import annotations

from typing import Any

from sim.evidence import Claim


def claim_words(name: str, claim: Claim | None) -> dict[str, Any]:
    """Everything about a claim; only its name where the evidence file lacks it."""
    if claim is None:
        return {"name": name}
    return {
        "name": name,
        "paragraph": claim.paragraph,
        **({"article": claim.article} if claim.article else {}),
        "speaker": claim.speaker,
        "says": claim.says,
        "how": claim.kind,
        "about": list(claim.about),
    }


def claim_line(claim: dict[str, Any]) -> str:
    """What it says, how, who says so, and where."""
    if "says" not in claim:
        return "not in the evidence file"
    where = f"paragraph {claim['paragraph']}" + (f" of {claim['article']}" if "article" in claim else "")
    return f"{claim['says']} ({claim['how']}; {claim['speaker']}, {where})"
