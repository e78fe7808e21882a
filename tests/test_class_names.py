"""Whoever searches for a class finds one."""

import re
from collections import defaultdict
from pathlib import Path

SIM = Path(__file__).parents[1] / "sim"
#: Members of two registries that the literature calls the same, such as a forecast and a model of no deal.
NAMESAKES = {"StatusQuo"}


def test_a_public_class_has_its_name_alone():
    """No two files of `sim` define a public class of the same name, but for members named alike in the literature."""
    found = defaultdict(list)
    for path in sorted(SIM.rglob("*.py")):
        for name in re.findall(r"^class ([A-Z]\w*)", path.read_text(encoding="utf-8"), re.MULTILINE):
            found[name].append(path.relative_to(SIM).as_posix())
    twice = {name: files for name, files in found.items() if len(files) > 1 and name not in NAMESAKES}
    assert not twice
