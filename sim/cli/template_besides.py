"""What `sim new` writes beside the scenario: evidence, an overlay, studies."""

from typing import Final

#: The evidence file; {title} and {folder} are filled in.
EVIDENCE: Final = """\
# What an article says that bears on the dispute, claim by claim, in your own words. The article is not kept here.
#
# paragraph  number of the non-empty line of the article's text, counted from 1
# speaker    whose statement it is
# about      the actors and issues of the scenario that it concerns
# kind       stated    a named or official voice says it
#            reported  the article says it of somebody
#            inferred  nobody says it; it follows from what is said

[article]
title = "{title}: an example, to be replaced by the headline of your article"
# Save the text of the article and put here what `sha256sum FILE` prints (64 hexadecimal digits). The zeros stand for
# no article yet. With it, `sim check {folder} --source FILE` tells whether a copy is the one that was read.
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"

# A claim enters once: as a number of the scenario (claims = ["north-demands-neutrality"]), or as an observation.
[claims.north-demands-neutrality]
paragraph = 1
speaker = "north"
about = ["north", "alliance"]
says = "An example, to be replaced: North demands that South stay out of the alliance."
kind = "stated"

# [claims.north-refuses-truce]        # for the observation at the end of the scenario
# paragraph = 2
# speaker = "north"
# about = ["north", "alliance"]
# says = "North turns a truce down."
# kind = "reported"
"""

#: An overlay; a few things changed, to be compared with the base on the same worlds.
OVERLAY: Final = """\
#:schema ../../overlay.schema.json
# A what-if: only what is written here differs from the scenario. A number is replaced as a whole.
#     sim run {folder} --overlays all        compares it with the base, on the same worlds
extends = "../scenario.toml"
title = "{title}, with both in less of a hurry"
question = "What if both sides could wait?"

[actors.north]
patience = { value = 0.93, low = 0.9, high = 0.97, unit = "per year", assumed = "the premise of this overlay" }

[actors.south]
patience = { value = 0.93, low = 0.9, high = 0.97, unit = "per year", assumed = "the premise of this overlay" }
"""

#: Studies: sweeps that were thought of beforehand.
STUDIES: Final = """\
# Sweeps with a name. Run one with
#     sim sweep {folder} --study patience_and_firmness
# An axis fixes a number at each value in turn; everything else is drawn, the same worlds at every point.

[studies.patience_and_firmness]
title = "Does it take patience, or a softer red line?"
design = "grid"                 # or lhs, sobol, random, one-at-a-time
draws = 100                     # worlds at each point
measures = ["ending", "any_deal"]

[studies.patience_and_firmness.axes."patience of both"]
title = "Patience of both (per year)"
paths = ["north.patience", "south.patience"]    # moved together
low = 0.6
high = 0.95
count = 4

[studies.patience_and_firmness.axes."south.red_lines.neutrality.firmness"]
title = "Chance that South's red line is hard"
values = [0.2, 0.5, 0.8]
"""
