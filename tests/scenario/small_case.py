"""A small sound scenario as text, and ways to write it to disk."""

SMALL = """
title = "small"

[issues.line]
levels = ["old", "half", "front"]
status_quo = "front"

[issues.status]
levels = ["free", "bound", "neutral"]
status_quo = "free"
root_cause_of = "north"
consent = { bound = ["uncle"] }

[issues.colour]
kind = "categorical"
levels = ["red", "blue"]
status_quo = "red"

[issues.price]
kind = "numeric"
low = 0
high = 10
points = 6
status_quo = 0

[issues.follow]
levels = ["none", "talks"]
status_quo = "none"
follow_on = { talks = { value = 0.3, low = 0.1, high = 0.6, assumed = "x" } }

[actors.north]
patience = { value = 0.8, low = 0.6, high = 0.95, assumed = "x" }
power = { value = 0.5, assumed = "x" }
war_cost = { value = 0.1, low = 0, high = 0.2, assumed = "x" }
power_shift = { value = 0, low = -0.1, high = 0.1, assumed = "x" }
salience = { line = { value = 0.5, assumed = "x" }, status = { value = 0.5, assumed = "x" } }
position.line = { value = "front", assumed = "x" }
position.status = { value = "neutral", low = "bound", high = "neutral", assumed = "x" }

[actors.south]
patience = { value = 0.8, low = 0.6, high = 0.95, assumed = "x" }
power = { value = 0.5, assumed = "x" }
power_shift = { mirrors = "north.power_shift", factor = -1, assumed = "x" }
[actors.south.salience]
line = { value = 0.5, assumed = "x" }
colour = { value = 0.2, assumed = "x" }
price = { value = 0.2, assumed = "x" }
[actors.south.position]
line = { value = "old", assumed = "x" }
price = { value = 10, low = 5, high = 10, assumed = "x" }
[actors.south.values.colour]
red = { value = 0, assumed = "x" }
blue = { value = 1, assumed = "x" }
[actors.south.red_lines.line]
issue = "line"
rejects = "old"
begins = { value = "half", low = "old", high = "front", assumed = "x" }
firmness = { value = 0.5, assumed = "x" }

[actors.uncle]
role = "mediator"
patience = { value = 0.9, assumed = "x" }
salience.line = { value = 1, assumed = "x" }
position.line = { value = "half", assumed = "x" }
pressure.south = { strength = { value = 0.1, assumed = "x" } }

[talks]
decisive_chance = { value = 0.1, assumed = "x" }
order = ["north", "south"]
rounds = 12
horizon = "5 years"
sign = { rule = "all" }
[talks.strategies.north]
settings.exponent = { value = 0.5, assumed = "x" }
"""


def write_case(folder, text=SMALL, **overlays):
    """A case folder with overlays, each the text of a file."""
    (folder / "overlays").mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(text, encoding="utf-8")
    for name, overlay in overlays.items():
        (folder / "overlays" / f"{name}.toml").write_text(overlay, encoding="utf-8")
    return folder
