"""Actors in a table beside the scenario: what it says, what wins over it, and where mistakes are told."""

import pytest

from sim.foundations import InputError
from sim.scenario import read_case

SCENARIO = """
title = "summit"
default_assumed = "made up"
actors_table = "actors.csv"

[issues.cuts]
kind = "numeric"
low = 0
high = 100
points = 11
status_quo = 0

[issues.text]
levels = ["none", "voluntary", "binding"]
status_quo = "none"

[issues.seat]
kind = "categorical"
levels = ["Bonn", "Lima"]
status_quo = "Bonn"

[talks.sign]
rule = "weighted"
quota = 60
"""
TABLE = """actor,title,patience,patience.low,patience.high,reservation,capability,cuts,cuts.low,cuts.high,cuts.weight,\
text,text.weight,seat.Bonn,seat.Lima,seat.weight,cuts.red_line,assumed
usa,United States,0.9,0.8,0.95,0.2,40,20,10,30,0.5,voluntary,0.3,1,0,0.2,70,a guess
eu,,0.95,,,0.1,35,80,,,0.6,binding,0.4,,,,,
peru,,0.9,,,0.1,25,50,,,0.2,none,0.3,0,1,0.5,,
"""


def case(folder, table=TABLE, more=""):
    """A case whose actors stand in a table."""
    folder.mkdir(exist_ok=True)
    (folder / "scenario.toml").write_text(SCENARIO + more, encoding="utf-8")
    (folder / "actors.csv").write_text(table, encoding="utf-8")
    return folder


def problems(folder):
    """(where below the folder, message) of everything wrong."""
    with pytest.raises(InputError) as raised:
        read_case(folder)
    return [(str(one.where).removeprefix(f"{folder}/"), one.message) for one in raised.value.problems]


def test_a_table_says_what_the_file_would(tmp_path):
    """Positions, ranges, saliences, values, votes, red lines with the far end, and reasons."""
    found = read_case(case(tmp_path))
    scenario = found.scenario
    assert list(scenario.actors) == ["usa", "eu", "peru"]
    usa = scenario.actors["usa"]
    assert (usa.title, usa.patience.low, usa.patience.assumed) == ("United States", 0.8, "a guess")
    assert usa.position["cuts"].words() == "20 (10 to 30)"
    assert usa.position["text"].value == "voluntary"
    assert usa.values["seat"]["Lima"].value == 0
    assert scenario.votes == {"usa": 40, "eu": 35, "peru": 25}
    line = usa.red_lines["cuts"]
    assert (line.rejects, line.begins.value, line.firmness.value) == (100, 70, 1)
    assert "seat" not in scenario.actors["eu"].salience
    assert [file.path.name for file in found.files] == ["scenario.toml", "actors.csv"]


def test_the_file_wins_over_the_table(tmp_path):
    """A number of [actors] replaces that of the table as a whole; an overlay does too, and rows keep their order."""
    more = "[actors.eu]\nreservation = { value = 0.3 }\n[actors.fiji]\npatience = { value = 0.5 }\n"
    more += "reservation = { value = 0 }\n"
    more += "salience.cuts = { value = 1 }\nposition.cuts = { value = 90 }\n[talks.sign.weights]\nfiji = 5\n"
    folder = case(tmp_path, more=more)
    (folder / "overlays").mkdir()
    (folder / "overlays" / "late.toml").write_text(
        'extends = "../scenario.toml"\n[actors.usa]\npatience = { value = 0.99 }\n', encoding="utf-8"
    )
    scenario = read_case(folder, overlay="late").scenario
    assert list(scenario.actors) == ["usa", "eu", "peru", "fiji"]
    assert scenario.actors["usa"].patience.low is None
    assert (scenario.actors["eu"].reservation.value, scenario.actors["eu"].patience.value) == (0.3, 0.95)
    assert scenario.talks.sign.weights["fiji"] == 5


@pytest.mark.parametrize(
    ("old", "new", "where", "message"),
    [
        ("voluntary,0.3", "volunteer,0.3", "actors.csv:2:52",
         'issue "text" has no level "volunteer" (row of "usa", column "text")'),
        (",80,,,0.6,", ",180,,,0.6,", "actors.csv:3:19", '180 lies outside issue "cuts" (row of "eu", column "cuts")'),
        ("eu,,0.95", "eu,,1.5", "actors.csv:3:5", None),
        ("peru,,0.9,,,0.1,25", "peru,,0.9,,,0.1,many", "actors.csv:4:17",
         'value is the text "many"; a number from 0 to 1e+12 is needed here (row of "peru", column "capability")'),
        ("\nperu", "\neu", "actors.csv:4:1", '"eu" has a row already'),
        ("cuts.weight", "cuts.wait", "actors.csv:1:96", 'column "cuts.wait" is about nothing that the scenario has'),
        ("0.2,70,", "0.2,0,", "actors.csv:2:74", None),
        ("actor,title", "who,title", "actors.csv:1:1", 'the first column is called "who"'),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_row_and_column(tmp_path, old, new, where, message):
    """File, line and column of the cell, and the names of its row and column."""
    found = problems(case(tmp_path, TABLE.replace(old, new)))
    assert where in [place for place, _ in found], found
    if message is not None:
        assert (where, message) in found


def test_a_table_that_is_not_there(tmp_path):
    """Told at the line that names it."""
    folder = case(tmp_path)
    (folder / "actors.csv").unlink()
    ((where, message),) = problems(folder)
    assert (where, message) == ("scenario.toml:4:16", 'there is no table "actors.csv", seen from this file')


def test_a_sheet_says_the_same_as_a_csv(tmp_path):
    """XLSX, with numbers as numbers; mistakes are told by row and column of the sheet."""
    openpyxl = pytest.importorskip("openpyxl")
    folder = case(tmp_path)
    plain = read_case(folder).scenario
    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        cells = line.split(",")
        book.active.append([float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in cells])
    book.save(folder / "actors.xlsx")
    text = SCENARIO.replace("actors.csv", "actors.xlsx")
    (folder / "scenario.toml").write_text(text, encoding="utf-8")
    assert read_case(folder).scenario.model_dump(exclude={"actors_table"}) == plain.model_dump(exclude={"actors_table"})
    book.active["C3"] = 7
    book.save(folder / "actors.xlsx")
    assert "actors.xlsx:3:3" in [where for where, _ in problems(folder)]
    (folder / "actors.xlsx").write_bytes(b"PK nothing")
    assert "not an XLSX file" in problems(folder)[0][1]


def test_an_overlay_that_misspells_an_actor_of_the_table_is_told_his_name(tmp_path):
    """As it is for actors of the file."""
    folder = case(tmp_path)
    (folder / "overlays").mkdir()
    text = 'extends = "../scenario.toml"\n[actors.peruu]\npatience = { value = 0.99 }\n'
    (folder / "overlays" / "late.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_case(folder, overlay="late")
    (problem,) = raised.value.problems
    assert (problem.nearest, problem.line) == ("peru", 2)


@pytest.mark.parametrize("levels", ["3", '"none"', "{ none = 1 }"])
def test_levels_that_are_no_list_are_told_in_the_scenario(tmp_path, levels):
    """The table asks the scenario what levels there are; that they are none is the scenario's mistake."""
    folder = case(tmp_path)
    file = folder / "scenario.toml"
    text = file.read_text(encoding="utf-8").replace('levels = ["none", "voluntary", "binding"]', f"levels = {levels}")
    file.write_text(text, encoding="utf-8")
    table = folder / "actors.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("cuts.red_line", "text.red_line"), encoding="utf-8")
    assert any(where.startswith("scenario.toml:14:") and "list" in message for where, message in problems(folder))
