"""Evidence files and their claims."""

from pathlib import Path

import pytest

from sim.evidence import TomlFile, read_article
from sim.foundations import InputError

HASH = "0" * 64
GOOD = f"""
[article]
title = "A toy"
date = 2025-01-31
sha256 = "{HASH}"
[claims.wants-low]
paragraph = 2
speaker = "minister"
about = ["tariff"]
says = "wants it low"
kind = "stated"
"""


def written(folder: Path, text: str) -> Path:
    """A file with this text."""
    path = folder / "seed.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_claims_are_read_by_name(tmp_path):
    """A sound file gives an article with its claims."""
    article = read_article(written(tmp_path, GOOD))
    assert article.title == "A toy"
    assert str(article.date) == "2025-01-31"
    assert article.claims["wants-low"].about == ("tariff",)


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("paragraph = 2", "paragraph = 0", "claims.wants-low.paragraph", "a number of at least 1"),
        ('kind = "stated"', 'kind = "statd"', "claims.wants-low.kind", "not allowed"),
        ('says = "wants it low"', 'says = " "', "claims.wants-low.says", "some text is needed"),
        ('about = ["tariff"]', "about = []", "claims.wants-low.about", "1 or more entries are needed here, not 0"),
        ("[article]", "[articel]", "articel", "unknown key"),
        (HASH, "abc", "article.sha256", "form that is needed"),
        ('speaker = "minister"', 'speeker = "minister"', "claims.wants-low.speeker", "unknown key"),
    ],
)
def test_mistakes_name_their_keys(tmp_path, old, new, path, words):
    """Each mistake is told with the keys down to it."""
    with pytest.raises(InputError) as caught:
        read_article(written(tmp_path, GOOD.replace(old, new)))
    found = {".".join(map(str, problem.path)): problem.message for problem in caught.value.problems}
    assert words in found[path]


def test_the_nearest_kind_is_named(tmp_path):
    """A misspelt kind is answered with the right one."""
    with pytest.raises(InputError) as caught:
        read_article(written(tmp_path, GOOD.replace('"stated"', '"statd"')))
    assert caught.value.problems[0].nearest == "stated"


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [(b"a = 1\nb = = 2\n", 2, 5), (b"a = 1\nb = [1,", 2, 8), (b"a = 1\nb = '\xff'", 2, 6)],
)
def test_syntax_errors_have_line_and_column(tmp_path, content, line, column):
    """What is no TOML, or no UTF-8, is told with its place."""
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        TomlFile.read(path)
    problem = caught.value.problems[0]
    assert (problem.line, problem.column) == (line, column)


def test_a_missing_file_is_told(tmp_path):
    """No traceback for a file that is not there."""
    with pytest.raises(InputError, match="cannot be read"):
        TomlFile.read(tmp_path / "none.toml")


def test_windows_files_are_read(tmp_path):
    """A byte order mark and carriage returns do not matter; the hash is that of the bytes."""
    path = tmp_path / "w.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    file = TomlFile.read(path)
    assert file.raw == {"a": 1, "b": 2}
    assert len(file.sha256) == 64
