"""Something that can be seen to be so or not, on which terms of a deal can depend."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.actor import Share


class Contingency(BaseModel):
    """A drought, a price below a mark, a report by inspectors: what everybody can see, and nobody knows beforehand.

    A term holds `given` it, or `unless` it: two issues, agreed on together. What such a term is worth to an actor
    counts by the chance that he believes it has, so that those who expect different things can both gain by a bet.

    Source: contingent agreements (Raiffa 1982, The Art and Science of Negotiation, chs. 7 and 20); differences in
        beliefs as a source of value: Lax & Sebenius 1986, ch. 5

    Example:
        >>> Contingency(chance={"value": 0.2, "assumed": "toy"}).title
        ''
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    title: str = Field("", description='what people call it, as a clause, e.g. "the year is dry"')
    chance: Share = Field(description="chance that it is so when the term falls due, as everybody sees it")
    believed: dict[str, Share] = Field(
        default_factory=dict, description="actor -> the chance that he believes it has, where that is another one"
    )
