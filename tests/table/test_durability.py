"""Weights of what follows a signature, against the sum they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.table.durability import durability, hazard, value_of_document

patience = st.floats(0.05, 0.97)
chance = st.floats(0.0, 1.0)
speed = st.floats(0.01, 1.0)


@pytest.mark.parametrize(
    ("numbers", "value"),
    [
        # u, R, eta, signed shift, delta, h, theta, q, s0, lam (theory, T1)
        ((0.5, 0.45, 0.0, 0.0, 0.95, 0.1, 1.0, 0.0, 0.0, 0.0), 0.4672413793103448),
        ((0.5, 0.45, 0.05, -0.1, 0.95, 0.1, 0.25, 0.0, 0.0, 0.0), 0.38882614441907964),
        ((0.45, 0.42, 0.05, -0.1, 0.97, 0.08, 0.2, 0.15, 0.55, 1.0), 0.43517880866139574),
    ],
)
def test_values_of_documents(numbers, value):
    """Values of three documents come out as worked out independently."""
    u, R, eta, shift, delta, h, theta, q, s0, lam = numbers
    weights = durability(delta, h, q, theta)
    assert value_of_document(u, R, eta, shift, weights, s0=s0, lam=lam) == pytest.approx(value, abs=1e-12)


def test_odds_of_war():
    """Without conversion chi is omega / (1 - omega) and psi is phi / (1 - omega)."""
    weights = durability(0.95, np.array([0.0, 0.1, 1.0]), 0.0, 0.25)
    assert weights.chi == pytest.approx(weights.omega / (1 - weights.omega))
    assert weights.psi == pytest.approx(weights.phi / (1 - weights.omega))
    assert weights.chi[0] == weights.psi[0] == weights.phi[0] == 0


@given(patience, chance, chance, speed, chance)
def test_value_is_the_discounted_sum(delta, h, q, theta, lam):
    """The closed form equals the stream it sums, round by round."""
    u, R, eta, shift, s0 = 0.5, 0.3, 0.1, -0.2, 0.7
    total, alive = 0.0, 1.0
    for t in range(1, 2000):
        drift = shift * (1 - (1 - theta) ** t)
        total += alive * (1 - delta) * u
        total += alive * delta * h * (R - eta + drift)
        total += alive * delta * (1 - h) * q * (s0 + lam * drift)
        alive *= delta * (1 - h) * (1 - q)
    weights = durability(delta, h, q, theta)
    found = value_of_document(u, R, eta, shift, weights, s0=s0, lam=lam)
    assert found == pytest.approx(total, abs=1e-9)


@given(patience, chance, chance, speed)
def test_weights_sum_to_one(delta, h, q, theta):
    """What follows a signature has weight one, and no loading exceeds its weight."""
    weights = durability(delta, h, q, theta)
    assert weights.w_interim + weights.omega + weights.w_conversion == pytest.approx(1)
    assert 0 <= weights.phi <= weights.omega + 1e-12
    assert 0 <= weights.phi_conversion <= weights.w_conversion + 1e-12
    assert 0 <= weights.psi <= weights.chi + 1e-9


@given(patience, chance, st.floats(-1, 1), st.floats(-1, 1))
def test_impermanence_is_neutral(delta, h, u, O):
    """If collapse restores the status quo ante, how soon it comes never changes the sign of the premium."""
    premium = value_of_document(u, O, 0.0, 0.0, durability(delta, h)) - O
    assert premium == pytest.approx(durability(delta, h).w_interim * (u - O), abs=1e-12)


@given(patience, st.floats(0.01, 0.98), speed)
def test_comparative_statics(delta, h, theta):
    """Fragility, speed and patience each magnify the odds of war and the loading of the shift."""
    step = 1e-3
    weights = durability(delta, h, 0.0, theta)
    assert durability(delta, h + step, 0.0, theta).psi >= weights.psi
    assert durability(delta + step, h, 0.0, theta).psi >= weights.psi
    assert durability(delta + step, h, 0.0, theta).chi > weights.chi
    assert durability(delta, h, 0.0, min(1.0, theta + step)).psi >= weights.psi
    stay = delta * (1 - h)
    slope = (durability(delta, h + 1e-6, 0.0, theta).psi - durability(delta, h - 1e-6, 0.0, theta).psi) / 2e-6
    formula = delta * theta * (1 - delta * (1 - theta)) / ((1 - delta) * (1 - stay * (1 - theta)) ** 2)
    assert slope == pytest.approx(formula, rel=1e-4)


def test_hazard_falls_with_enforcement_and_resolution():
    """Each lowers the chance of collapse; a base of nothing never collapses."""
    base = hazard(0.25, 0.0, 0.0, 2.0, 1.5)
    assert base == pytest.approx(1 - np.exp(-0.25))
    assert hazard(0.25, 1.0, 0.0, 2.0, 1.5) < base
    assert hazard(0.25, 0.0, 1.0, 2.0, 1.5) < base
    assert hazard(0.0, 0.0, 0.0, 2.0, 1.5) == 0


def test_arguments_broadcast():
    """Draws, actors and deals may come as arrays of any shapes that fit together."""
    weights = durability(np.full((3, 2, 1), 0.9), np.full((3, 1, 5), 0.1), 0.0, np.full((3, 2, 1), 0.5))
    assert weights.phi.shape == (3, 2, 5)
    assert value_of_document(np.zeros((3, 2, 5)), np.zeros((3, 2, 1)), 0.0, 0.1, weights).shape == (3, 2, 5)
