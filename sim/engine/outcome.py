"""What happened in each draw, in columns that are never mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Bools, Floats, Ints


@dataclass(frozen=True)
class Outcome:
    """Outcome of a block of draws; codes are those of the case, see `sim.scenario.kinds`.

    declared:        (B,) index into ``declared_codes``: kind of the first signed deal
    held:            (B,) rounds that the first signed deal was in force, 0 if it never was; a settlement it was
                     converted into carries it on
    ending:          (B,) index into ``ending_codes`` at the horizon: the kind of the deal in force; never signed, or
                     agreed and not yet in force; or signed, broken (or overtaken by arms), nothing in force
    decided_by_arms: (B,) whether arms decided before the horizon, beside the ending; 0 where no war is modelled
    round:           (B,) round in which the first deal was agreed, -1 if none
    deal:            (B,) the first deal, NO_DEAL if none
    final_deal:      (B,) the deal in force at the horizon, NO_DEAL if none
    by:              (B,) actor whose offer was accepted first, -1 if none
    signed_by:       (B, A) who said yes to the first deal; all False where none was signed
    collapses:       (B,) how many deals broke down
    converted:       (B,) whether follow-on talks turned a deal into a settlement
    utility:         (B, A) realised value: discounted normalised flows to the horizon and what is left there
    agreed:          (B,) round in which the first talks agree, whatever comes before the signature; -1 if they fail
    prevailed:       (B,) actor that arms decided for, -1 where they did not decide
    reopened:        (B,) how often talks failed and opened again, in a world that had changed, before the first deal
    changed:         (B,) how often the world changed while there was no deal yet: talks reopened, or events came
    event:           (B, E) round before which each event came, -1 where it did not before the horizon
    fragile:         (B,) whether the first signed deal was a fragile one; 0 where none was signed, or all are alike
    cheats:          (B, A) who breaks the first signed deal in secret, as far as somebody may
    found_out:       (B, A) who has been found out before the horizon
    state:           (B, H) uint8 index into ``state_codes`` at the end of each round, empty unless asked for
    """

    declared: Ints
    held: Ints
    ending: Ints
    decided_by_arms: Ints
    round: Ints
    deal: Ints
    final_deal: Ints
    by: Ints
    signed_by: Bools
    collapses: Ints
    converted: Ints
    utility: Floats
    agreed: Ints
    prevailed: Ints
    reopened: Ints
    changed: Ints
    event: Ints
    fragile: Ints
    cheats: Bools
    found_out: Bools
    state: np.ndarray
