"""A story as one HTML file that needs nothing else: to send, to print, to read on a telephone.

What stands where is in ``templates``: ``page.html`` is the page, ``pieces.html`` has one macro for each kind of piece,
``page.css`` and ``page.js`` are what they are called. Everything that a template puts in is escaped.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from sim.plots.frame.style import STYLES
from sim.report.page.data_address import PACKED, data_address
from sim.report.page.svg import Picture
from sim.report.pieces import (
    Cell,
    FigurePiece,
    Glossary,
    KeyValues,
    Piece,
    Section,
    Sentence,
    Span,
    Story,
    as_cell,
    placed,
    plain_text,
    spans,
    unbroken,
)
from sim.words.glossary import WORDS, slug
from sim.words.outcome_colors import ENDING_COLORS

#: Colour of what has none of its own.
_OTHER: Final = "#8a8f98"


def render_page(
    story: Story,
    pictures: Sequence[Picture] = (),
    *,
    colors: Mapping[str, str] = ENDING_COLORS,
    program: str = "sim",
) -> str:
    """Write a story as HTML.

    Args:
        pictures: drawings of its figures
        colors:   code of an ending -> colour of its bar
        program:  what wrote it, with its version
    """
    environment = _environment()
    script = _source("page.js")
    sections = [part for section in story.sections for part in placed(section, "page")]
    return environment.get_template("page.html").render(
        story=story,
        sections=sections,
        contents=[part for part in sections if isinstance(part, Section)],
        pictures={item.key: item for item in pictures},
        letters=_letters(story, pictures),
        words=next((piece.words for piece in _parts(story.sections) if isinstance(piece, Glossary)), WORDS),
        colors=colors,
        light=STYLES["screen"],
        dark=STYLES["dark"],
        program=program,
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def render_sheet(story: Story, size: float, *, colors: Mapping[str, str], program: str) -> str:
    """Write a brief as HTML for one sheet of paper.

    Args:
        size:    of its letters, in points
        colors:  code of an ending -> colour of its bar
        program: what wrote it, with its version
    """
    inner = [tuple(one for piece in section.pieces for one in placed(piece, "page")) for section in story.sections]
    parts = (replace(section, pieces=pieces) for section, pieces in zip(story.sections, inner, strict=True))
    shown = replace(story, sections=tuple(parts))
    return (
        _environment()
        .get_template("brief.html")
        .render(story=shown, size=size, colors=colors, pictures={}, light=STYLES["screen"], program=program)
    )


def render_part(pieces: Sequence[Piece]) -> Markup:
    """Write a few pieces as HTML to put into another page: for notebooks and the viewer."""
    return Markup(_part().render(pieces=list(pieces), pictures={}, colors=ENDING_COLORS))  # noqa: S704 - escaped by the template


@cache
def _part() -> Template:
    """Made once: it is a good part of what a few pieces cost."""
    return _environment().from_string('{% import "pieces.html" as show with context %}{{ show.all(pieces) }}')


def render_glance(story: Story, folder: str) -> str:
    """Write title, question, answer and where the whole page comes from as a small piece of HTML, for notebooks."""
    told = [piece for piece in _parts(story.sections) if isinstance(piece, KeyValues) and piece.role == "lead"]
    lines = (
        Sentence(Span(story.title, "strong")),
        Sentence(story.question),
        *(Sentence(plain_text(words)) for lead in told for _, words in lead.pairs),
        Sentence(("The whole page: ", Span(f"sim report {folder}", "code"))),
    )
    return f"<div>{render_part(lines)}</div>"


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("sim.report.page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    found.filters |= {
        "spans": spans,
        "lines": _lines,
        "dotted": _dotted,
        "plain": plain_text,
        "kind": _kind,
        "figures": _figures,
    }
    found.globals |= {
        "cell": as_cell,
        "sort_key": _sort_key,
        "other": _OTHER,
        "drawing": _drawing,
        "data_link": _data_link,
        "tab": tab,
        "words": WORDS,
        "slug": slug,
    }
    return found


def _source(name: str) -> str:
    loader = _environment().loader
    if loader is None:
        raise LookupError(name)
    return loader.get_source(_environment(), name)[0]


def _kind(piece: Piece) -> str:
    """Name of the macro that shows a piece."""
    return type(piece).__name__.lower()


def _figures(pieces: Sequence[Piece]) -> list[FigurePiece]:
    return [piece for piece in pieces if isinstance(piece, FigurePiece)]


def _lines(text: str) -> Markup:
    """Text with its line breaks, numbers kept with their units."""
    return Markup("<br>").join(unbroken(text).split("\n"))


def _dotted(path: str) -> Markup:
    """A dotted path that may be broken after each part."""
    return Markup("<wbr>").join(re.split(r"(?<=[._])", path))


def _sort_key(cell: Cell) -> str | None:
    if isinstance(cell.sort, float | int):
        return f"{cell.sort:.9g}" if math.isfinite(cell.sort) else ""
    return cell.sort


def tab(key: str) -> str:
    """Name of a figure on its tab.

    Example:
        >>> tab("why-not")
        'Why not'
    """
    words = key.replace("-", " ")
    return words[:1].upper() + words[1:]


def _drawing(picture: Picture, words: str) -> Markup:
    """The drawing of a figure, which says in words what it shows."""
    if not picture.svg:
        return Markup('<img src="data:image/png;base64,{}" alt="{}">').format(picture.png, words)
    start = Markup('<svg role="img" aria-label="{}" ').format(words)
    return Markup(picture.svg.replace("<svg ", start, 1))  # noqa: S704 - drawn by ourselves, its texts are escaped


def _data_link(key: str, picture: Picture) -> Markup:
    """What hands the data of a figure over; nothing where it has none."""
    if not picture.data:
        return Markup("")
    address = data_address(picture.data)
    packed = address.startswith(PACKED)
    start = Markup('<a class="packed" download="{}.csv.gz"') if packed else Markup('<a download="{}.csv"')
    return start.format(key) + Markup(' href="{}">Data of this figure (CSV)</a>').format(address)


def _letters(story: Story, pictures: Sequence[Picture]) -> Markup:
    """Outlines of the letters of all figures of a page, each once."""
    shown = {piece.key for piece in _parts(story.sections) if isinstance(piece, FigurePiece)}
    every: dict[str, str] = {}
    for item in pictures:
        if item.key in shown:
            every |= item.glyphs
    return Markup("".join(every[name] for name in sorted(every)))  # noqa: S704 - drawn by ourselves


def _parts(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield from _parts(piece.pieces) if isinstance(piece, Section) else (piece,)
