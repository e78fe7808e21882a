"""The starting files that `sim new` writes."""

from typing import Final

#: A scenario that passes `sim check`; {title}, {name} and {folder} are filled in.
SCENARIO: Final = """\
#:schema ../scenario.schema.json
#
# Two parties fight over a border and over an alliance. They may stop the fighting (a truce), settle what they
# fight about (a settlement), or do neither. Change anything; `sim check {folder}` says what is wrong.
#
# Every number is a table: a central value, a range that draws come from, and what it rests on:
#     { value = 0.8, low = 0.6, high = 0.95, claims = ["name-of-a-claim"] }
#     { value = 0.8, low = 0.6, high = 0.95, assumed = "why, where the evidence is silent" }

title = "{title}"
question = "A truce, a settlement, or neither?"
evidence = "../../seeds/{name}.toml"     # an [article], and its claims in your own words
seed = "{name}"
draws = 1000

# What the talks are about. The status quo is what holds while there is no deal.

[issues.border]
title = "Where the border runs"
levels = ["old border", "halfway", "front line"]      # in their order, named
status_quo = "front line"

[issues.alliance]
title = "May South join the alliance?"
levels = ["may join", "neutral with guarantees", "neutral"]
status_quo = "may join"
root_cause_of = "north"       # a deal that leaves this at the status quo is a truce, not a settlement
time_to_settle = { value = 0.5, low = 0.2, high = 1, unit = "years", assumed = "treaties take months" }

[issues.monitors]
title = "Who watches the line"
levels = ["nobody", "observers"]
status_quo = "nobody"
enforcement = { nobody = 0, observers = 1 }           # what makes a deal last

# Who talks. A `party` signs; a `mediator` or `guarantor` may be added.

[actors.north]
title = "North"
patience = { value = 0.8, low = 0.6, high = 0.95, unit = "per year", assumed = "next year counts less" }
power = { value = 0.55, low = 0.4, high = 0.7, assumed = "slightly stronger" }
war_cost = { value = 0.1, low = 0.02, high = 0.25, assumed = "share of all that is at stake, per round" }
power_shift = { value = 0, low = -0.05, high = 0.05, assumed = "nobody knows whom a pause helps" }
collapse_damage = { value = 0.02, low = 0, high = 0.05, assumed = "a broken deal embitters" }
salience.border = { value = 0.4, low = 0.2, high = 0.6, assumed = "weights of issues; they are normalised" }
salience.alliance = { value = 0.6, low = 0.4, high = 0.8, assumed = "what North talks about most" }
position.border = { value = "front line", assumed = "keeps what it holds" }
position.alliance = { value = "neutral", claims = ["north-demands-neutrality"] }   # an example of a claim
beliefs.base = { value = 0.3, low = 0.1, high = 0.6, unit = "per year", assumed = "truces break" }
beliefs.enforcement = { value = 1, low = 0.3, high = 2, assumed = "observers help" }
beliefs.resolved = { value = 1.5, low = 0.5, high = 3, assumed = "settled causes help more" }

[actors.south]
title = "South"
patience = { value = 0.8, low = 0.6, high = 0.95, unit = "per year", assumed = "as for North" }
power = { value = 0.45, low = 0.3, high = 0.6, assumed = "slightly weaker" }
war_cost = { value = 0.15, low = 0.05, high = 0.3, assumed = "the war is on its land" }
power_shift = { mirrors = "north.power_shift", factor = -1, assumed = "what helps one harms the other" }
collapse_damage = { value = 0.02, low = 0, high = 0.05, assumed = "as for North" }
salience.border = { value = 0.6, low = 0.4, high = 0.8, assumed = "its own land" }
salience.alliance = { value = 0.4, low = 0.2, high = 0.6, assumed = "its own choice" }
position.border = { value = "old border", assumed = "wants its land back" }
position.alliance = { value = "may join", assumed = "wants to choose" }
beliefs.base = { value = 0.5, low = 0.2, high = 1, unit = "per year", assumed = "distrusts North" }
beliefs.enforcement = { value = 1, low = 0.3, high = 2, assumed = "as for North" }
beliefs.resolved = { value = 0.8, low = 0.2, high = 2, assumed = "doubts that a settlement binds" }

# A line that South says it will not cross; it is hard in the share `firmness` of draws.
[actors.south.red_lines.neutrality]
issue = "alliance"
rejects = "neutral"
begins = { value = "neutral", assumed = "guarantees may be talked about" }
firmness = { value = 0.5, low = 0.2, high = 0.8, assumed = "constitutions have been changed before" }
cost = { value = 0.1, low = 0, high = 0.2, assumed = "price at home" }

[true_hazard]                 # what really makes a deal last, whatever they believe
base = { value = 0.4, low = 0.1, high = 0.8, unit = "per year", assumed = "between the two beliefs" }
enforcement = { value = 1, low = 0.3, high = 2, assumed = "between the two beliefs" }
resolved = { value = 1, low = 0.3, high = 2.5, assumed = "between the two beliefs" }

[talks]
round = "1 month"
rounds = "2 years"            # of talks
horizon = "6 years"           # end of the story
order = ["north", "south"]    # who speaks first; without it, the order of the actors in this file
protocol = "alternating-offers"
decisive_chance = { value = 0.05, low = 0, high = 0.15, unit = "per year", assumed = "a stalled front" }
rearmament_speed = { value = 0.5, low = 0.2, high = 1, assumed = "half of the power shift in a year" }

[talks.strategies.north]
settings.exponent = { value = 0.5, low = 0.2, high = 1.5, assumed = "concedes late (below 1) or early" }

[talks.strategies.south]
settings.exponent = { value = 0.5, low = 0.2, high = 1.5, assumed = "as for North" }

# Something reported that the model should explain; draws where it does not hold count less.
# [observations.refuses_truce]
# says = "rejects"
# actor = "north"
# deals = { kind = "truce" }
# bluff = { value = 0.1, low = 0, high = 0.3, assumed = "refusals can be posture" }
# claims = ["north-refuses-truce"]
"""

#: The README beside it.
README: Final = """\
# {title}

What is the dispute, and what is asked?

- **Supported by evidence:** one position, as an example. Put claims into
  [the evidence file](../../seeds/{name}.toml) and name them in the numbers.
- **Assumed:** every other number.
- **What decides the answer:** see the last lines of `sim run {folder}`.

```sh
sim check {folder}
sim run {folder}
sim run {folder} --overlays all
sim sweep {folder} --study patience_and_firmness
```
"""
