"""How well each member is verified, and which test says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

#: What a member was held against: numbers that somebody else printed or another program computes; what theory says
#: of it, worked out independently; or nothing but our own tests.
Grade = Literal["verified against published numbers", "verified against theory", "ours"]
_PUBLISHED: Final = "verified against published numbers"
_THEORY: Final = "verified against theory"
_OURS: Final = "ours"


@dataclass(frozen=True)
class MemberGrade:
    """How well a member is verified.

    grade:    against what
    evidence: test in the repository that says so, FILE::TEST; the folder of its tests where it is ours; empty for
        members of other packages, of which nothing is known
    """

    grade: Grade
    evidence: str


#: Kind -> name -> what it was held against, and the test below tests/.
_GRADES: Final[Mapping[str, Mapping[str, tuple[Grade, str]]]] = {
    "protocol": {
        "alternating-offers": (_PUBLISHED, "protocols/test_alternating_offers.py::test_boulware_against_conceder"),
        "separate-delegations": (_THEORY, "protocols/test_separate_delegations.py::test_each_issue_is_split"),
        "single-text": (_THEORY, "protocols/test_single_text.py::test_protocol_is_the_monte_carlo_of_the_chain"),
        "strategic-agenda": (
            _THEORY,
            "protocols/test_strategic_agenda.py::test_play_is_worth_what_the_plan_says",
        ),
        "strategic-alternating-offers": (
            _THEORY,
            "protocols/test_strategic_alternating_offers.py::test_play_of_the_equilibrium_is_worth_its_value",
        ),
        "strategic-screening": (
            _THEORY,
            "protocols/test_strategic_screening.py::test_play_is_worth_what_the_plan_says",
        ),
        "strategic-random-proposer": (
            _THEORY,
            "protocols/test_strategic_random_proposer.py::test_play_is_baron_and_ferejohn",
        ),
        "zeuthen": (_THEORY, "protocols/test_zeuthen.py::test_ends_at_the_nash_product_maximiser"),
    },
    "strategy": {
        "averaged-tit-for-tat": (_THEORY, "strategies/test_averaged_tit_for_tat.py::test_worked_examples"),
        "elapsed-time": (_OURS, "strategies/test_elapsed_time.py::test_what_is_left_halves_in_the_half_life"),
        "hard-headed": (_THEORY, "strategies/test_frequency_guided.py::test_hard_headed_as_published"),
        "hard-liner": (_OURS, "strategies/test_hard_liner.py::test_asks_for_the_best_to_the_end"),
        "micro": (_THEORY, "protocols/test_alternating_offers.py::test_micro_against_micro"),
        "mixture": (_THEORY, "strategies/test_mixture.py::test_weighted_mean"),
        "random-absolute-tit-for-tat": (
            _THEORY,
            "strategies/test_random_absolute_tit_for_tat.py::test_worked_examples",
        ),
        "relative-tit-for-tat": (_THEORY, "strategies/test_relative_tit_for_tat.py::test_worked_examples"),
        "resource-dependent": (_THEORY, "strategies/test_resource_dependent.py::test_worked_example"),
        "time-dependent": (_THEORY, "strategies/test_time_dependent.py::test_worked_example"),
        "time-dependent-exponential": (_THEORY, "strategies/test_time_dependent_exponential.py::test_worked_example"),
    },
    "acceptance rule": {
        "ac-combi": (_THEORY, "strategies/test_ac_combi.py::test_early_it_is_ac_next"),
        "ac-const": (_OURS, "strategies/test_ac_const.py::test_mark_lies_between_floor_and_best"),
        "ac-next": (_THEORY, "strategies/test_ac_next.py::test_compares_with_the_next_offer_not_the_curve"),
        "ac-time": (_OURS, "strategies/test_ac_time.py::test_waits_for_the_clock"),
        "own-curve": (_OURS, "strategies/test_own_curve.py::test_compares_with_the_curve_not_the_next_offer"),
        "swap-first": (_OURS, "strategies/test_swap_first.py::test_says_yes_once_he_has_no_better_idea"),
    },
    "offering rule": {
        "bayesian-guided": (_THEORY, "strategies/test_bayesian_guided.py::test_belief_is_what_bayes_says"),
        "best-for-others": (_THEORY, "strategies/test_best_for_others.py::test_trades_off_at_equal_aspiration"),
        "frequency-guided": (_THEORY, "strategies/test_frequency_guided.py::test_learning_finds_more_for_both"),
        "micro-offering": (_THEORY, "strategies/test_micro.py::test_walks_down_his_list"),
        "nearest-to-aspiration": (
            _OURS,
            "strategies/test_nearest_to_aspiration.py::test_smallest_payoff_above_the_target",
        ),
        "trade-off": (_THEORY, "strategies/test_trade_off.py::test_he_gives_what_costs_him_least_and_they_hold_on_to"),
    },
    "solution": {
        "egalitarian": (_THEORY, "solutions/test_egalitarian.py::test_worked_examples"),
        "kalai-smorodinsky": (_THEORY, "solutions/test_kalai_smorodinsky.py::test_worked_examples"),
        "nash": (_THEORY, "solutions/test_nash.py::test_worked_examples"),
        "utilitarian": (_THEORY, "solutions/test_utilitarian.py::test_worked_examples"),
    },
    "equilibrium": {
        "audience-cost": (_THEORY, "equilibria/test_audience_cost.py::test_the_least_share_in_a_case"),
        "backward-induction": (_THEORY, "equilibria/test_backward_induction.py::test_stahl"),
        "banks-duggan": (_THEORY, "equilibria/test_banks_duggan.py::test_three_voters"),
        "banks-duggan-limit": (_THEORY, "equilibria/test_banks_duggan.py::test_three_voters"),
        "bargaining-range": (_THEORY, "equilibria/test_bargaining_range.py::test_worked_ranges"),
        "baron-ferejohn": (_THEORY, "equilibria/test_baron_ferejohn.py::test_published_shares"),
        "battlefield-drift": (_THEORY, "equilibria/test_battlefield_drift.py::test_drift"),
        "best-document": (_THEORY, "equilibria/test_best_document.py::test_worked_examples"),
        "biased-mediator": (_THEORY, "equilibria/test_mediated_screening.py::test_the_least_bias_is_kydds"),
        "breakdown": (_THEORY, "equilibria/test_breakdown.py::test_published_example"),
        "breakdown-curved": (_THEORY, "equilibria/test_breakdown.py::test_published_example"),
        "continuous-delay": (_THEORY, "equilibria/test_continuous_delay.py::test_delay"),
        "continuous-durability": (_THEORY, "equilibria/test_continuous_durability.py::test_limit_of_short_rounds"),
        "convergence": (_THEORY, "equilibria/test_convergence.py::test_worked_example"),
        "costly-lottery": (_THEORY, "equilibria/test_costly_lottery.py::test_costly_lottery"),
        "crisis-ultimatum": (_THEORY, "equilibria/test_crisis_ultimatum.py::test_risk_return"),
        "crisis-ultimatum-two-types": (_THEORY, "equilibria/test_crisis_ultimatum.py::test_risk_return"),
        "critical-salience": (_THEORY, "equilibria/test_critical_salience.py::test_verdict_agrees_with_the_fork"),
        "deal-me-out": (_THEORY, "equilibria/test_outside_options.py::test_published_shares"),
        "endogenous-hazard": (_THEORY, "equilibria/test_endogenous_hazard.py::test_worked_examples"),
        "enforcement-interval": (_THEORY, "equilibria/test_enforcement_interval.py::test_worked_intervals"),
        "eraslan": (_THEORY, "equilibria/test_eraslan.py::test_impatience_pays"),
        "escalating-crisis": (
            _THEORY,
            "equilibria/test_escalating_crisis.py::test_waiting_longer_pays_neither_more_nor_less",
        ),
        "impatient-mediator": (_OURS, "equilibria/test_impatient_mediator.py::test_worked_examples"),
        "indivisible-prize": (_THEORY, "equilibria/test_indivisible_prize.py::test_lotteries_and_awards"),
        "issue-by-issue": (_THEORY, "equilibria/test_issue_by_issue.py::test_order_matters_to_the_sides"),
        "issue-by-issue-apart": (_THEORY, "equilibria/test_issue_by_issue.py::test_order_matters_to_the_sides"),
        "issue-by-issue-deals": (
            _THEORY,
            "equilibria/test_issue_by_issue_deals.py::test_fine_levels_are_the_closed_form",
        ),
        "mutual-optimism": (_THEORY, "equilibria/test_mutual_optimism.py::test_two_pairs_of_beliefs"),
        "outside-options": (_THEORY, "equilibria/test_outside_options.py::test_published_shares"),
        "package-deal": (_THEORY, "equilibria/test_package_deal.py::test_two_issues"),
        "package-deal-limit": (_THEORY, "equilibria/test_package_deal.py::test_two_issues"),
        "power-shift": (_THEORY, "equilibria/test_power_shift.py::test_growth_of_two_armies"),
        "preventive-war": (_THEORY, "equilibria/test_preventive_war.py::test_worked_example"),
        "random-proposer": (_THEORY, "equilibria/test_random_proposer.py::test_published_values"),
        "random-proposer-limit": (_THEORY, "equilibria/test_random_proposer.py::test_published_values"),
        "ratification": (_THEORY, "equilibria/test_ratification.py::test_an_unknown_ratifier"),
        "ratification-floors": (_THEORY, "equilibria/test_ratification.py::test_an_unknown_ratifier"),
        "recognition-by-lot": (
            _THEORY,
            "equilibria/test_recognition_by_lot.py::test_a_majority_of_equals_is_baron_and_ferejohn",
        ),
        "rotating-proposer": (_THEORY, "equilibria/test_rotating_proposer.py::test_published_shares"),
        "rotating-proposer-shares": (_THEORY, "equilibria/test_rotating_proposer.py::test_published_shares"),
        "rubinstein": (_THEORY, "equilibria/test_rubinstein.py::test_published_shares"),
        "rubinstein-limit": (_THEORY, "equilibria/test_rubinstein.py::test_published_shares"),
        "screening": (_THEORY, "equilibria/test_screening.py::test_worked_examples"),
        "screening-by-type": (_THEORY, "equilibria/test_screening_by_type.py::test_many_types_are_the_closed_form"),
        "screening-while-fighting": (_THEORY, "equilibria/test_screening_while_fighting.py::test_three_offers"),
        "shifting-power": (_THEORY, "equilibria/test_shifting_power.py::test_two_shifts"),
        "spoilers": (_THEORY, "equilibria/test_spoilers.py::test_trust_after_an_attack"),
        "stahl": (_THEORY, "equilibria/test_stahl.py::test_published_shares"),
        "stalemate-frontier": (_THEORY, "equilibria/test_stalemate_frontier.py::test_worked_losses"),
        "status-quo-bargaining": (_THEORY, "equilibria/test_status_quo_bargaining.py::test_a_gap_of_five_points"),
        "talks-under-truce": (_THEORY, "equilibria/test_talks_under_truce.py::test_worked_example"),
        "terms-under-fire": (_THEORY, "equilibria/test_terms_under_fire.py::test_worked_example"),
        "truce-or-settlement": (_THEORY, "equilibria/test_truce_or_settlement.py::test_table_of_scenarios"),
        "truce-survival": (_THEORY, "equilibria/test_truce_survival.py::test_ten_rounds"),
        "worst-hazard": (_OURS, "equilibria/test_worst_hazard.py::test_worst_truce"),
    },
    "game solver": {
        "adjusted-winner": (_PUBLISHED, "games/test_adjusted_winner.py::test_the_panama_canal"),
        "alpha-rank": (_PUBLISHED, "games/test_alpha_rank.py::test_published_games"),
        "alpha-rank-populations": (_PUBLISHED, "games/test_alpha_rank.py::test_published_games"),
        "banzhaf-value": (_THEORY, "games/test_banzhaf_value.py::test_gloves"),
        "correlated-equilibrium": (_PUBLISHED, "games/test_correlated_equilibrium.py::test_chicken"),
        "fictitious-play": (_THEORY, "games/test_fictitious_play.py::test_matching_pennies"),
        "graph-model": (_PUBLISHED, "games/test_graph_model.py::test_elmira"),
        "graph-model-coalition": (_PUBLISHED, "games/test_graph_model.py::test_elmira"),
        "iterated-dominance": (
            _THEORY,
            "games/test_iterated_dominance.py::test_a_mixture_dominates_what_no_strategy_does",
        ),
        "least-core": (_THEORY, "games/test_least_core.py::test_majorities_and_estates"),
        "logit-qre": (_THEORY, "games/test_logit_qre.py::test_asymmetric_matching_pennies"),
        "logit-qre-trace": (_THEORY, "games/test_logit_qre.py::test_asymmetric_matching_pennies"),
        "nash-equilibria": (_PUBLISHED, "games/test_nash_equilibria.py::test_three_equilibria"),
        "nucleolus": (_PUBLISHED, "games/test_nucleolus.py::test_the_talmud"),
        "pure-equilibria": (_THEORY, "games/test_pure_equilibria.py::test_the_volunteers_dilemma"),
        "replicator": (_THEORY, "games/test_replicator.py::test_a_constant_advantage"),
        "replicator-pair": (_THEORY, "games/test_replicator.py::test_a_constant_advantage"),
        "replicator-populations": (_THEORY, "games/test_replicator.py::test_two_populations"),
        "shapley-value": (_THEORY, "games/test_shapley_value.py::test_gloves"),
        "shapley-value-sampled": (_THEORY, "games/test_shapley_value.py::test_samples_tell_their_error"),
        "subgame-perfect": (_THEORY, "games/test_subgame_perfect.py::test_the_centipede_ends_at_once"),
        "weighted-voting": (_PUBLISHED, "games/test_weighted_voting.py::test_the_security_council"),
    },
    "forecast": {
        "agenda-setter": (_THEORY, "forecasts/test_bargaining_forecasts.py::test_the_setter_gets_what_the_pivot_takes"),
        "challenge-model": (_PUBLISHED, "forecasts/test_challenge_model.py::test_the_published_table_is_reproduced"),
        "compromise-model": (
            _THEORY,
            "forecasts/test_forecasts.py::test_the_emission_standards_stand_on_a_knife_edge",
        ),
        "condorcet-election": (_THEORY, "forecasts/test_forecasts.py::test_an_election_by_hand"),
        "condorcet-median": (
            _THEORY,
            "forecasts/test_forecasts.py::test_the_emission_standards_stand_on_a_knife_edge",
        ),
        "mean": (_OURS, "forecasts/test_forecasts.py::test_contract"),
        "median": (_OURS, "forecasts/test_forecasts.py::test_the_emission_standards_stand_on_a_knife_edge"),
        "position-exchange": (
            _THEORY,
            "forecasts/test_position_exchange.py::test_a_symmetric_trade_gives_each_what_he_minds_more",
        ),
        "spatial-model-of-politics": (
            _PUBLISHED,
            "forecasts/test_spatial_model_of_politics.py::test_the_sample_run_is_reproduced",
        ),
        "status-quo": (_OURS, "forecasts/test_forecasts.py::test_contract"),
        "weighted-nash": (_THEORY, "forecasts/test_bargaining_forecasts.py::test_two_divide_by_their_weights"),
    },
    "no-deal model": {
        "reservation": (_OURS, "table/test_no_deal_models.py::test_every_model_is_tested_here"),
        "rival": (_OURS, "table/test_no_deal_models.py::test_every_model_is_tested_here"),
        "status-quo": (_OURS, "table/test_no_deal_models.py::test_every_model_is_tested_here"),
        "vote-again": (_OURS, "table/test_no_deal_models.py::test_every_model_is_tested_here"),
        "war": (_THEORY, "table/test_war.py::test_war_as_a_lottery"),
    },
}
#: Kind -> where the tests of all its members stand.
_FOLDERS: Final[Mapping[str, str]] = {
    "figure": "tests/plots/test_contracts.py",
    "file format": "tests/formats",
}
#: Protocol -> equilibria and solutions whose prediction its play reproduces, with the strategies of the theory.
MEETS: Final[Mapping[str, tuple[str, ...]]] = {
    "alternating-offers": (),
    "separate-delegations": ("issue-by-issue-apart",),
    "single-text": (),
    "strategic-agenda": ("issue-by-issue-deals", "issue-by-issue"),
    "strategic-alternating-offers": (
        "backward-induction",
        "stahl",
        "rubinstein",
        "outside-options",
        "terms-under-fire",
        "breakdown",
        "rotating-proposer",
        "rotating-proposer-shares",
    ),
    "strategic-random-proposer": (
        "recognition-by-lot",
        "random-proposer",
        "baron-ferejohn",
        "banks-duggan",
        "eraslan",
    ),
    "strategic-screening": (
        "screening-by-type",
        "screening-while-fighting",
        "screening",
        "crisis-ultimatum",
        "ratification",
        "biased-mediator",
    ),
    "zeuthen": ("nash",),
}


def member_grade(kind: str, name: str) -> MemberGrade:
    """How well a member is verified.

    Example:
        >>> member_grade("game solver", "nucleolus").grade
        'verified against published numbers'
    """
    if name in _GRADES.get(kind, {}):
        grade, test = _GRADES[kind][name]
        return MemberGrade(grade, f"tests/{test}")
    return MemberGrade(_OURS, _FOLDERS.get(kind, ""))


def meets(kind: str, name: str) -> tuple[str, ...]:
    """Theories that a protocol meets, or protocols in which a theory is met.

    Example:
        >>> meets("protocol", "zeuthen"), meets("equilibrium", "baron-ferejohn")
        (('nash',), ('strategic-random-proposer',))
    """
    if kind == "protocol":
        return MEETS.get(name, ())
    if kind not in {"equilibrium", "solution"}:
        return ()
    return tuple(protocol for protocol, theories in MEETS.items() if name in theories)
