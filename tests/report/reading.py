"""A page as tests look at it: elements with their attributes and texts."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "meta", "link", "wbr"}


@dataclass
class Element:
    """One element."""

    name: str
    attributes: dict
    inside: list = field(default_factory=list)
    texts: list = field(default_factory=list)

    @property
    def text(self):
        """All text inside, spaces as one."""
        return " ".join("".join(self.texts).split())


class Page(HTMLParser):
    """Elements of a page in their order, each with all text that lies inside of it."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self._open = []
        self.unbalanced = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        found = Element(tag, dict(attrs), [item.name for item in self._open])
        assert len(attrs) == len(found.attributes), f"an attribute of {tag} stands twice"
        self.elements.append(found)
        if tag not in VOID:
            self._open.append(found)

    def handle_startendtag(self, tag, attrs):
        """An element without content."""
        self.elements.append(Element(tag, dict(attrs), [item.name for item in self._open]))

    def handle_endtag(self, tag):
        """Close an element, which must be the one opened last."""
        if not self._open or self._open[-1].name != tag:
            self.unbalanced.append(tag)
            return
        self._open.pop()

    def handle_data(self, data):
        """Text belongs to everything around it."""
        for found in self._open:
            found.texts.append(data)

    def all(self, name):
        """Elements of a name."""
        return [found for found in self.elements if found.name == name]

    def by_id(self, identity):
        """The element with an id."""
        return next(found for found in self.elements if found.attributes.get("id") == identity)

    def rows(self, table):
        """Cells of the rows of a table's body, row by row."""
        start = self.elements.index(self.by_id(table))
        rows = []
        for found in self.elements[start + 1 :]:
            if found.name == "table":
                break
            if found.name == "tr" and "tbody" in found.inside:
                rows.append([])
            elif found.name in {"th", "td"} and "tbody" in found.inside:
                rows[-1].append(found)
        return rows
