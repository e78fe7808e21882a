"""A rate of the evidence file, and what follows from it, for machines and for people."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from sim.evidence import Rate, RatePosterior


def rate_told(name: str, rate: Rate | None) -> dict[str, Any]:
    """Everything about a rate; only its name where the evidence file lacks it."""
    if rate is None:
        return {"name": name}
    return {"name": name, **rate.model_dump(), "words": rate.words}


def posterior_told(posterior: RatePosterior) -> dict[str, Any]:
    """What follows from the counts of rates, on the scale of the number that rests on them."""
    low, high = posterior.interval()
    return {**posterior.model_dump(), "central": posterior.central, "low": low, "high": high, "words": posterior.words}


def print_rate(console: Console, item: dict[str, Any], margin: str = "  ") -> None:
    """Print what ``rate_told`` found."""
    if "what" not in item:
        console.print(f"{margin}not in the evidence file")
        return
    console.print(f"{margin}{item['what']}: {item['words']}")
    if item["sign"] is None:
        prior = "Jeffreys" if item["prior"] == "jeffreys" else " and ".join(f"{part:g}" for part in item["prior"])
        console.print(f"{margin}prior: {prior}")
    for key in ("recipe", "source", "applies"):
        console.print(f"{margin}{key}: {item[key]}")
