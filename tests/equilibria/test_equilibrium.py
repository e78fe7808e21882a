"""What holds for every registered closed form."""

from sim.equilibria import EQUILIBRIA


def test_every_member_names_its_source():
    """Each has a summary sentence, a source in the registry and one in its docstring, and an example."""
    for entry in EQUILIBRIA:
        text = entry.member.__doc__
        assert entry.summary.endswith("."), entry.name
        assert entry.source, entry.name
        assert "Source:" in text, entry.name
        assert ">>>" in text, entry.name
