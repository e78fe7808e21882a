"""Decisions that nobody took, in the layouts that real ones are published in."""

from __future__ import annotations

import numpy as np

from sim.foundations import uniforms

ACTORS = ("com", "ep", "aa", "bb", "cc", "dd")
_HEADS = ("prnrnmc", "prnr", "prname", "isnr", "type", "council", "proc", "counvte")


def deu_text(decisions=12, seed="made up"):
    """A file in the layout of DEU: tabs, quotes, a first row of capabilities, gaps; and one issue with too few.

    Outcomes are a mean of positions by salience, off by up to 20 points.
    """
    titles = [*_HEADS, *(f"p{name}" for name in ACTORS), *(f"s{name}" for name in ACTORS), "rp", "out"]
    lines = [titles, ["", "", "", "", "", "", "", "", "4.1", "4.1", "2", "1", "0.5", "3", *[""] * 6, "", ""]]
    for n in range(decisions):
        for k in range(1 + n % 3):
            u = uniforms(np.arange(40), seed, n, k)
            position = np.round(u[:6] * 4) * 25
            salience = np.round(10 + 80 * u[6:12])
            outcome = np.clip((position * salience).sum() / salience.sum() + 40 * (u[12] - 0.5), 0, 100)
            places = [f"{one:g}" for one in position]
            if n % 4 == 1:
                places[4] = ""  # no position, though a salience
            status_quo = "" if n % 3 else f"{100 * round(u[13]):g}"
            rule = "QMV" if n % 2 else "Unan"
            lines.append([str(n), f"d{n}", f"decision {n}", f"d{n}i{k + 1}", "Reg", "Fish", "COD", rule, *places,
                          *(f"{one:g}" for one in salience), status_quo, f"{outcome:.2f}"])  # fmt: skip
    few = ["99", "d99", "too few", "d99i1", "Dir", "Fish", "COD", "QMV", "100", "", "", "", "", "0", "50", *[""] * 4,
           "50", "", "100"]  # fmt: skip
    return "\n".join("\t".join(f'"{cell}"' for cell in line) for line in [*lines, few]) + "\n"


TABLE = """decision,issue,actor,position,salience,capability,outcome,status_quo,low,high,rule
treaty,price,seller,90,80,2,55,,0,100,all
treaty,price,buyer,20,60,1,55,,0,100,all
treaty,price,broker,50,30,1,55,,0,100,all
treaty,years,seller,1,20,2,3,0,0,5,all
treaty,years,buyer,5,70,1,3,0,0,5,all
treaty,years,broker,3,10,1,3,0,0,5,all
"""
