"""A sale between two firms as text: price in dollars, days until delivery, colour; and ways to read it."""

import tomllib

from sim.scenario import Scenario, read_case

SALE = """
title = "a sale"
seed = "sale"
default_assumed = "test"

[issues.price]
title = "Price"
kind = "numeric"
low = 2000000
high = 2800000
points = 17
unit = "USD"
status_quo = 2800000

[issues.days]
kind = "numeric"
low = 10
high = 40
points = 4
unit = "days"
status_quo = 40

[issues.paint]
kind = "categorical"
levels = ["grey", "red"]
status_quo = "grey"

[actors.buyer]
patience = { value = 0.9 }
reservation = { value = 0.3 }
salience = { price = { value = 2 }, days = { value = 1 } }
position = { price = { value = 2000000 }, days = { value = 10 } }

[actors.seller]
patience = { value = 0.9 }
reservation = { value = 0.2, low = 0.1, high = 0.3 }
salience = { price = { value = 2 }, days = { value = 1 } }
position = { price = { value = 2800000 }, days = { value = 40 } }

[talks]
round = "1 week"
rounds = 10
horizon = 10

[talks.strategies.buyer.settings]
exponent = { value = 0.8, low = 0.5, high = 1.2 }
"""

EVIDENCE = """
[article]
title = "t"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
[claims.said]
paragraph = 1
speaker = "buyer"
about = ["price"]
says = "no"
kind = "stated"
"""

OBSERVED = """
[observations.bid]
says = "rejects"
actor = "buyer"
deals = { levels = { price = LEVELS } }
bluff = { value = 0.1 }
claims = ["said"]
"""


def sale(*changes):
    """The sale with some of its text replaced, as a scenario whose rules nobody has asked yet."""
    return Scenario.model_validate(tomllib.loads(replaced(*changes)))


def replaced(*changes):
    """Its text with some of it replaced once."""
    text = SALE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def read(folder, text, observed=""):
    """Read the text as a file, with an observation on the price if levels are given."""
    if observed:
        (folder / "seed.toml").write_text(EVIDENCE, encoding="utf-8")
        text = 'evidence = "seed.toml"\n' + text + OBSERVED.replace("LEVELS", observed)
    path = folder / "sale.toml"
    path.write_text(text, encoding="utf-8")
    return read_case(path)
