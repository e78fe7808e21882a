"""A small case with an article, and an overlay that brings another one."""

import hashlib

ARTICLES = {"first": b"The firm offers little.\n", "second": b"The union gives in.\n\nThe firm waits.\n"}

EVIDENCE = """
[article]
title = "The {name} report"
sha256 = "{hash}"
[claims.{claim}]
paragraph = 1
speaker = "union"
about = ["pay"]
says = "{says}"
kind = "stated"
"""
MORE = """
[claims.waits]
paragraph = 2
speaker = "firm"
about = ["pay"]
says = "the firm is in no hurry"
kind = "stated"
"""

SCENARIO = """
title = "Pay talks"
question = "Is there a deal?"
evidence = ["../../seeds/first.toml"]
draws = 60
[issues.pay]
kind = "numeric"
low = 0
high = 10
points = 11
status_quo = 0
[actors.union]
patience = { value = 0.8, low = 0.5, high = 0.95, unit = "per round", assumed = "test" }
reservation = { value = 0.45, low = 0.1, high = 0.8, claims = ["asks"] }
salience.pay = { value = 1, assumed = "test" }
position.pay = { value = 10, assumed = "test" }
[actors.firm]
patience = { value = 0.8, low = 0.5, high = 0.95, unit = "per round", assumed = "test" }
reservation = { value = 0.45, low = 0.1, high = 0.8, assumed = "test" }
salience.pay = { value = 1, assumed = "test" }
position.pay = { value = 0, assumed = "test" }
[levers.mediation]
title = "A mediator"
holder = "firm"
claims = ["asks"]
cost = { value = 0.01, assumed = "test" }
moves = { "firm.patience" = { full = { value = 0.9, assumed = "test" } } }
[talks]
rounds = 6
"""

OVERLAY = """
extends = "../scenario.toml"
title = "A later report"
question = "What does the later report change?"
evidence = ["../../../seeds/second.toml"]
[actors.union]
reservation = { value = 0.15, low = 0.1, high = 0.2, claims = ["second:gives_in"] }
[actors.firm]
patience = { value = 0.9, low = 0.88, high = 0.92, unit = "per round", claims = ["second:waits"] }
"""


def write_news(folder):
    """Write the case into a folder, with the overlay ``later``."""
    (folder / "seeds").mkdir(parents=True)
    says = {"first": ("asks", "the union wants a rise", ""), "second": ("gives_in", "the union would take less", MORE)}
    for name, text in ARTICLES.items():
        claim, said, more = says[name]
        told = EVIDENCE.format(name=name, hash=hashlib.sha256(text).hexdigest(), claim=claim, says=said) + more
        (folder / "seeds" / f"{name}.toml").write_text(told, encoding="utf-8")
    case = folder / "scenarios" / "pay"
    (case / "overlays").mkdir(parents=True)
    (case / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    (case / "overlays" / "later.toml").write_text(OVERLAY, encoding="utf-8")
    return case
