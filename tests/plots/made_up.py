"""Sweeps whose points are laid out as ever and whose shares are drawn at random, so that every ending occurs."""

import numpy as np
import xarray as xr

from sim.sweeps.results import consolidate
from sim.sweeps.sweep_ask import SweepAsk


def made_up(asked: SweepAsk) -> xr.Dataset:
    """Results of a sweep that nobody played: endings drawn at each point, more war the later a value on each axis."""
    results = consolidate(asked, [])
    count = len(asked.points)
    ranks = np.argsort(np.argsort(asked.points.table, axis=0), axis=0) / max(count - 1, 1)
    war = ranks @ np.linspace(0.6, 0.1, ranks.shape[1]) / ranks.shape[1] + 0.1
    chances = np.column_stack([np.full(count, 0.1), np.full(count, 0.1), np.full(count, 0.05), 0.75 - war, war])
    dice = np.random.default_rng(7)
    endings = np.stack([dice.multinomial(asked.draws, chances) for _ in range(2)], axis=1)
    share = endings / asked.draws
    deal = dice.binomial(asked.draws, 0.3 + 0.6 * ranks[:, 0])[:, None].repeat(2, axis=1) / asked.draws
    made = {
        "draws_played": np.full((count, 2), asked.draws),
        "failed": np.zeros(count, int),
        "ending_share": share,
        "ending_error": np.sqrt(share * (1 - share) / asked.draws),
        "any_deal_share": deal,
        "any_deal_error": np.sqrt(deal * (1 - deal) / asked.draws),
        "modal_ending": endings.argmax(axis=2).astype(np.int8),
    }
    for name, values in made.items():
        own, points = results.variables[name], results["point"].values
        made[name] = own.copy(data=values[points].reshape(own.shape))
    return results.assign(made)
