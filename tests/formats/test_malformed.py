"""What is wrong in a file is told with its line and column, all at once; nothing in a file is executed or fetched."""

import pytest

from sim.formats import FORMATS
from sim.formats.source_text import SourceText
from sim.foundations import InputError
from tests.formats.domains import source

PROFILE = """<utility_space>
<objective index="0">
<weight index="1" value="0.5"/>
<issue index="1" name="x" type="discrete"><item index="1" value="a" evaluation="1"/>
<item index="2" value="b" evaluation="two"/></issue>
<issue index="2" name="y" type="discrete"><item index="1" value="a" evaluation="1"/></issue>
</objective></utility_space>"""
NEGOLOG = """{"reservationValue": "much",
 "issueWeights": {"x": 1.0, "z": 2},
 "issues": {"x": {"a": 1, "b": null}}}"""

KTAB = """<Scenario><Dimensions><dName>x</dName></Dimensions>
<Actors><Actor><name>a</name></Actor></Actors></Scenario>"""


def places(name, *texts):
    """(file:line:column, message) of everything wrong that a format finds."""
    files = [source(text, f"f{n}") for n, text in enumerate(texts)]
    with pytest.raises(InputError) as raised:
        FORMATS[name]().read(files)
    return [(problem.where, problem.message) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("ktab-csv", "t,d,2,1\nActor,Description,Influence,X Position,X Salience\na,A,1,50,x\nb,B,-1,101,50\n",
         [("f0:3:10", '"x" is no number'), ("f0:4:5", "-1 is not allowed here: must be 0 or more"),
          ("f0:4:8", "101 is not allowed here: must be 0 to 100")]),
        ("ktab-csv", "t,d,3,2\nActor,Description,Influence,X Position,X Salience\na,A,1,50,50\na,B,1,10,50,4\n",
         [("f0:1:5", '"3" actors are announced, 2 follow'), ("f0:1:7", '"2" dimensions are announced, 1 follow'),
          ("f0:4:1", "6 cells, but the titles name 5"), ("f0:4:1", '"a" has a row already, in line 3')]),
        ("positions-csv", "actor,capability,x,x.salience,y\na,1,5,1,3\n",
         [("f0:1:31", 'nothing is known of column "y"')]),
        ("decide", "#A\ta\ta\t\n#P\tx\tx\t\n#M\tx\t0\n#M\ty\t100\n#D\tb\tx\t200\t0.5\t1\n",
         [("f0:2:1", 'issue "x" needs two #M lines or more, for the ends of its scale'),
          ("f0:4:4", 'there is no issue "y"'), ("f0:5:4", 'there is no actor "b"')]),
        ("negolog-json", NEGOLOG,
         [("f0:1:22", '"much" is no number'), ("f0:2:34", 'there is no issue "z"'),
          ("f0:3:32", '"null" is no number')]),
        ("negolog-json", '{"issues": [1,\n}', [("f0:2:1", "not JSON: Expecting value")]),
        ("genius-xml", PROFILE,
         [("f0:6:1", 'issue "y" needs two items or more, each another value'),
          ("f0:6:1", 'issue "y" has no <weight> of index 2')]),
        ("genius-xml", "<utility_space><weight index='1'", [("f0:1:16", "not XML: unclosed token")]),
        ("ktab-xml", KTAB,
         [("f0:2:9", '"a" has 0 <dCoord> in <Position>, there are 1 dimensions'),
          ("f0:2:9", '"a" has 0 <dSal> in <Salience>, there are 1 dimensions'), ("f0:2:9", '"a" has no <capability>')]),
    ],
)  # fmt: skip
def test_everything_wrong_is_told_where_it_is(name, text, expected):
    """One run, all problems, in the order of the file."""
    found = places(name, text)
    assert sorted(found) == sorted(expected)


def test_a_wrong_evaluation_is_found_where_it_stands():
    """Values are looked at once issues are whole."""
    text = PROFILE.replace(
        '<issue index="2" name="y" type="discrete"><item index="1" value="a" evaluation="1"/></issue>', ""
    )
    assert places("genius-xml", text, text)[0] == ("f0:5:1", '<item>: "evaluation" is no number: "two"')


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]><utility_space>&x;</utility_space>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><utility_space/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><utility_space>&x;</utility_space>',
        "<a>" * 60 + "</a>" * 60,
        "<utility_space>&x;</utility_space>",
    ],
)
def test_xml_defines_nothing_and_fetches_nothing(text):
    """Document types, entities and deep nesting are refused where they begin."""
    ((where, _),) = places("genius-xml", text)
    assert where.startswith("f0:1:")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("issues: !!python/object/apply:os.system ['echo']", "python"),
        ("issues: !thing {a: 1}", "!thing"),
        ("issues: &a [*a, {name: x, values: [1, 2]}]", "refers to itself"),
        ("issues: [" * 60 + "]" * 60, "nested too deeply"),
        ("issues: [\n", "not YAML"),
        ("issues:\n- name: x\n  values: [1, 2]\n  values: [1, 2]\n", "stands here twice"),
    ],
)
def test_yaml_makes_nothing_but_text(text, word):
    """Tags, circles and depth are refused; a key given twice is told."""
    assert any(word in message for _, message in places("negmas-yaml", text))


def test_a_hundred_thousand_brackets_are_a_sentence():
    """Deep JSON ends in an error that says so."""
    assert "nested too deeply" in places("negolog-json", "[" * 100_000 + "]" * 100_000)[0][1]


def test_nonlinear_spaces_are_named_as_not_held():
    """A file of GENIUS with hyperrectangles, and other kinds of GeniusWeb and NegMAS."""
    space = '<utility_space type="nonlinear"><objective><ufun><hyperRectangle/></ufun></objective></utility_space>'
    assert "nonlinear" in places("genius-xml", space)[0][1]
    assert "only LinearAdditive" in places("geniusweb-json", '{"DefaultPartialOrdering": {}}')[0][1]
    domain = "issues:\n- {name: x, type: CategoricalIssue, values: [a, b]}\n"
    assert "not held" in places("negmas-yaml", domain, "type: HyperRectangleUtilityFunction\n")[0][1]


def test_profiles_must_agree_on_their_issues():
    """Another level, and another issue."""
    one = '{"issueWeights": {"x": 1}, "issues": {"x": {"a": 1, "b": 0}}}'
    assert "other levels" in places("negolog-json", one, one.replace('"b"', '"c"'))[0][1]
    assert "missing" in places("negolog-json", one, one.replace('"x"', '"y"'))[0][1]
    assert "two profiles or more" in places("negolog-json", one)[0][1]


def test_files_that_are_no_text_or_not_there(tmp_path):
    """Bytes that are no UTF-8 are told with their place; an old GENIUS file may declare another encoding."""
    bad = tmp_path / "a.csv"
    bad.write_bytes(b"actor\n\xff\xfe")
    with pytest.raises(InputError, match="2:1: not UTF-8"):
        SourceText.read(bad)
    with pytest.raises(InputError, match="cannot be read"):
        SourceText.read(tmp_path / "none")
    old = tmp_path / "a.xml"
    old.write_bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a n="é"/>'.encode("latin-1"))
    assert "é" in SourceText.read(old).text


def test_negmas_functions_and_scales_are_read():
    """Linear, identity and table values; utilities beyond 0 to 1 are told from 0 to 1, reservations with them."""
    domain = "name: d\nissues:\n- {name: p, type: ContiguousIssue, values: [10, 14]}\n- {name: q, values: 3}\n"
    ufun = (
        "type: negmas.preferences.LinearAdditiveUtilityFunction\nweights: [2, -1]\nreserved_value: 25\n"
        "values:\n- {type: AffineFun, slope: 1, bias: 5}\n- {type: IdentityFun}\n"
    )
    table = (
        "type: LinearAdditiveUtilityFunction\nreserved_value: -.inf\nvalues:\n"
        "- {mapping: {10: 0, 11: 1, 12: 2, 13: 3, 14: 4}}\n- {mapping: {0: 1, 1: 0, 2: 0}}\n"
    )
    files = [source(domain, "domain.yml"), source(ufun, "a.yml"), source(table, "b.yml")]
    found = FORMATS["negmas-yaml"]().read(files)
    first = found.profiles[0].fitted()[0]
    assert first.weights == (pytest.approx(0.8), pytest.approx(0.2))
    assert first.values == (pytest.approx((0, 0.25, 0.5, 0.75, 1)), pytest.approx((1, 0.5, 0)))
    assert first.reservation == pytest.approx((25 - 28) / 10)  # below the worst deal, which is worth 30 - 2
    assert found.profiles[1].reservation is None
    assert found.name == "d"
