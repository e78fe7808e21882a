"""Answers of the forecast models under the names of the vector files."""

from __future__ import annotations

import csv
import io

import numpy as np

from sim.forecasts import ChallengeModel, SpatialModelOfPolitics, Stakeholders
from sim.forecasts.central_positions import weighted_mean, weighted_median


def _challenge_model(inputs: dict) -> dict:
    """Positions, median, mean and risk exponents after each round."""
    found = Stakeholders.of_issue(inputs["position"], inputs["salience"], inputs["capability"])
    preset = {"scholz-software": ChallengeModel.scholz_software, "scholz-printed": ChallengeModel.scholz_printed}
    weight = found.by_issue(found.weight)
    model = preset[inputs.get("preset", "scholz-software")](inputs["rounds"])
    path, risk = model.play(found.by_issue(found.position), found.by_issue(found.salience), weight)
    return {
        "after_round": [
            {
                "round": turn,
                "positions": path[0, turn].tolist(),
                "median": float(weighted_median(path[:, turn], weight)[0]),
                "mean": float(weighted_mean(path[:, turn], weight)[0]),
                "risk_exponent": risk[0, turn - 1].tolist(),
            }
            for turn in range(1, inputs["rounds"] + 1)
        ]
    }


def _ktab_smp(inputs: dict) -> dict:
    """Positions of every actor by turn, the start first, and the chances of his positions to win."""
    table = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(inputs["csv"])) if row]
    issues = int(table[0][3])
    numbers = np.array([[float(cell) for cell in row[2 : 3 + 2 * issues]] for row in table[2:] if row[0]])
    place, salience = numbers[None, :, 1::2] / 100, numbers[None, :, 2::2] / 100
    model, capability = SpatialModelOfPolitics(), numbers[None, :, 0]
    turns = int(inputs.get("turns", 0)) or None
    positions, chances, moved = [], [], []
    while True:
        played = model.turn(place, salience, capability)
        positions.append(np.round(100 * place[0], 2).tolist())
        chances.append([round(float(chance), 4) for chance in played.likely[0]])
        moved.append(float(np.abs(played.position - place).sum()))
        done = len(moved) - 1
        if done == turns or (turns is None and done >= 2 and moved[done - 1] / (moved[0] + 1e-4) < 0.02) or done > 100:
            break
        place = played.position
    return {"positions": positions, "pce_prob": np.array(chances).T.tolist()}


ANSWERS = {"challenge_model": _challenge_model, "ktab_smp": _ktab_smp}
