"""What holds for every registered closed form."""

import pytest

from sim.equilibria import EQUILIBRIA


@pytest.mark.parametrize("entry", list(EQUILIBRIA), ids=lambda entry: entry.name)
def test_every_member_names_its_source(entry):
    """Each has a summary sentence, a source in the registry and one in its docstring, and an example."""
    text = entry.member.__doc__
    assert entry.summary.endswith(".")
    assert entry.source
    assert "Source:" in text
    assert ">>>" in text
