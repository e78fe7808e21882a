"""XML as a tree whose elements know their line and column; entities and document types are refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from sim.formats.source_text import DEEPEST, SourceText
from sim.foundations import InputError, Problem, brief, nearest

#: More elements than this are in no file that people made.
_MOST: Final = 200_000
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(eq=False)
class XmlElement:
    """An element, and where it begins."""

    source: SourceText
    name: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[XmlElement] = field(default_factory=list)
    text: str = ""

    def wrong(self, message: str, allowed: str = "", near: str | None = None) -> None:
        """Note that something is wrong here."""
        self.source.wrong(message, self.line, self.column, allowed, near)

    def below(self, name: str) -> Iterator[XmlElement]:
        """Every element of a name within this one, however deep, in the order of the file."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.below(name)

    def child(self, name: str) -> XmlElement | None:
        """The first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def content(self, name: str) -> str:
        """Text of the first child of a name, less the space around it; empty where there is none."""
        found = self.child(name)
        return "" if found is None else found.text.strip()

    def attribute(self, name: str) -> str:
        """An attribute; empty, and a problem, where there is none."""
        if name not in self.attributes:
            self.wrong(f'<{self.name}> has no attribute "{name}"', near=nearest(name, self.attributes))
        return self.attributes.get(name, "")

    def number(self, name: str | None = None) -> float:
        """The finite number of an attribute, or of the text; 0, and a problem, where there is none."""
        text = self.text if name is None else self.attribute(name)
        if name is not None and name not in self.attributes:
            return 0.0
        try:
            found = float(text)
        except ValueError:
            found = math.nan
        if not math.isfinite(found) or "_" in text:
            at = f'<{self.name}>: "{name}"' if name else f"<{self.name}>"
            self.wrong(f'{at} is no number: "{brief(text, 60)}"')
            return 0.0
        return found


def read_xml(file: SourceText) -> XmlElement:
    """Read XML without entities, document types or anything from outside, and not too deep.

    Raises:  InputError where it is none, with line and column
    Example:
        >>> from pathlib import Path
        >>> found = read_xml(SourceText(Path("a.xml"), '<a><b x="1.5"/></a>', ""))
        >>> found.name, found.children[0].number("x"), found.children[0].column
        ('a', 1.5, 4)
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    open_elements: list[XmlElement] = []
    roots: list[XmlElement] = []
    count = 0

    def refuse(message: str) -> None:
        file.wrong(message, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        file.checked()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if len(open_elements) >= DEEPEST or count > _MOST:
            refuse(f"more than {DEEPEST} elements within each other, or {_MOST:,} in all, are not read")
        here = XmlElement(file, name, attributes, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        (open_elements[-1].children if open_elements else roots).append(here)
        open_elements.append(here)

    def text(found: str) -> None:
        open_elements[-1].text += found

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: open_elements.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = lambda *_: refuse("a document type, and what it may define, is not read")
    parser.EntityDeclHandler = lambda *_: refuse("entities are not read")
    parser.ExternalEntityRefHandler = lambda *_: 0
    try:
        parser.Parse(file.text, True)
    except expat.ExpatError as error:
        file.wrong(f"not XML: {expat.ErrorString(error.code)}", error.lineno, error.offset + 1)
        file.checked()
    except UnicodeEncodeError:
        raise InputError(Problem("not XML: holds half a character", file=str(file.path))) from None
    return roots[0]


def xml_escaped(text: str) -> str:
    r"""Text as XML holds it between tags and in attributes.

    Raises:  InputError for characters that XML cannot hold
    Example:
        >>> xml_escaped("a<b & \"c\"\n")
        'a&lt;b &amp; &quot;c&quot;&#10;'
    """
    if found := _FORBIDDEN.search(text):
        raise InputError(Problem(f'"{brief(text, 60)}" holds the character {found[0]!r}, which XML cannot hold'))
    for mark, word in (
        ("&", "amp"),
        ("<", "lt"),
        (">", "gt"),
        ('"', "quot"),
        ("\n", "#10"),
        ("\r", "#13"),
        ("\t", "#9"),
    ):
        text = text.replace(mark, f"&{word};")
    return text
