"""One function, `answer`, from a case of the vector files to what the project computes for it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]

#: Sibling modules with a dictionary ANSWERS, and the keys each owes.
DUE: dict[str, tuple[str, ...]] = {
    "solutions": ("B1_two_player_hull", "B2_smooth", "B3_finite", "bargaining_points"),
    "strategic": (
        "A1_rubinstein",
        "A2_stahl",
        "A3_outside_options",
        "A4_brw_linear",
        "A4_brw_nonlinear",
        "A5_rotating_unanimity",
        "A6_random_unanimity",
        "A7_baron_ferejohn_sym",
        "A8_eraslan",
        "A9_banks_duggan_1d",
        "A9_banks_duggan_1d_numeric",
        "A9b_unanimity_1d",
        "A10_multi_issue",
    ),
    "conflict": (
        "C1_fearon_uniform",
        "C2_fearon_two_types",
        "C3_status_quo_bargaining",
        "C4_powell_commitment",
        "C5_screening_while_fighting",
        "C6_ratification_uniform",
        "C6b_ratification_nash",
        "C7_biased_mediator",
        "C8_spoilers",
        "C9_audience_commitment",
        "C10_hazard_cloglog",
        "C11_power_shift_contest",
        "C12_indivisible",
        "C13_mutual_optimism",
    ),
    "truce": (
        "T1_values",
        "T1c_continuous_time",
        "T2_war_and_delay",
        "T2b_delay_with_battlefield_drift",
        "T3_range",
        "T4_shifting_power_nested",
        "T5_enforcement_interval",
        "T5b_worst_hazard",
        "T6_root_causes",
        "T7_truce_vs_settlement",
        "T7b_critical_salience",
        "T8_mediator_patience",
        "T9_terms_rubinstein",
        "T10_convergence_time",
        "T11_endogenous_hazard",
        "T12_bridge",
        "T13_screening",
        "T14_best_document",
        "T15_pressure_crowding_out",
        "T16_master_inequality",
    ),
    "dynamics": (
        "D1_faratin_time",
        "D2_faratin_tft",
        "D3_faratin_duel",
        "D4_zeuthen",
        "D5_mediated_single_text",
        "sao_session",
    ),
    "games": (
        "B4_weighted_voting",
        "B5_core_nucleolus",
        "D6_replicator",
        "D7_logit_qre",
        "D8_fictitious_play",
        "D9_alpha_rank",
        "bimatrix",
        "nplayer",
        "fair_division",
        "tu",
        "weighted_voting",
        "gmcr",
        "reliability",
    ),
    "forecasts": ("challenge_model", "ktab_smp"),
}

#: Keys of the vector files that are not yet due; the list only shrinks.
PENDING: list[str] = []


def answer(key: str, inputs: dict) -> dict:
    """Compute the outputs of one case under the names that the vector files use.

    Raises:  NotImplementedError for a key that is pending; KeyError for a key nobody has heard of
    """
    if key in PENDING:
        raise NotImplementedError(f'"{key}" is not due yet')
    for module, keys in DUE.items():
        if key in keys:
            return _answers(module)[key](inputs)
    known = sorted([*PENDING, *(key for keys in DUE.values() for key in keys)])
    raise KeyError(f'no vector file has the key "{key}"; known: {", ".join(known)}')


def missing() -> tuple[str, ...]:
    """Modules of DUE that do not exist yet."""
    return tuple(name for name in DUE if not Path(__file__).with_name(f"{name}.py").exists())


def _answers(module: str) -> dict[str, Callable[[dict], dict]]:
    """Return the dictionary ANSWERS of a sibling module.

    Raises:  NotImplementedError if the module does not exist yet
    """
    if module in missing():
        raise NotImplementedError(f"tests/known_answers/{module}.py does not exist yet")
    return _sibling(module).ANSWERS


def _sibling(module: str) -> ModuleType:
    """Import a sibling by name, also when this file itself was loaded by its path."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    return importlib.import_module(f"tests.known_answers.{module}")
