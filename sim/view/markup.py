"""HTML that escapes whatever it is given, unless that is markup already."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable


class Markup(str):
    """Text that is HTML already and must not be escaped again."""

    __slots__ = ()


#: Elements that have no content and no end tag.
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})


def escaped(text: object) -> Markup:
    """Escape text for element content and for attributes in double quotes; markup stays as it is.

    Example:
        >>> escaped('<b title="x">&')
        '&lt;b title=&quot;x&quot;&gt;&amp;'
    """
    return text if isinstance(text, Markup) else Markup(html.escape(str(text), quote=True))


def joined(parts: Iterable[object], between: object = "") -> Markup:
    """Put pieces together, each escaped unless it is markup."""
    return Markup(str(escaped(between)).join(escaped(part) for part in parts))


def element(name: str, *children: object, **attributes: object) -> Markup:
    """Write one element; children that are no markup are escaped.

    Args:
        attributes: ``class_`` and ``for_`` lose their last underscore, ``data_sort`` becomes ``data-sort``;
            ``True`` gives a bare attribute, ``False`` and ``None`` none
    Example:
        >>> element("td", "a < b", class_="number", data_sort=0.5)
        '<td class="number" data-sort="0.5">a &lt; b</td>'
    """
    written = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not False and value is not None
    )
    if name in _VOID:
        return Markup(f"<{name}{written}>")
    return Markup(f"<{name}{written}>{joined(children)}</{name}>")


def unbroken(text: str) -> str:
    """Keep numbers with their units and errors on one line."""
    return text.replace(" %", "\u00a0%").replace(" ± ", "\u00a0±\u00a0")


def dotted(path: str) -> Markup:
    """A dotted path as code that may be broken after each part."""
    return element("code", joined(re.split(r"(?<=[._])", path), Markup("<wbr>")))


def paragraph(*children: object, **attributes: object) -> Markup:
    """Write a paragraph; nothing where there is nothing to say."""
    return element("p", *children, **attributes) if any(str(child) for child in children) else Markup("")


def bullets(items: Iterable[object], **attributes: object) -> Markup:
    """Write a list with one entry for each item; nothing where there are none."""
    entries = [element("li", item) for item in items]
    return element("ul", *entries, **attributes) if entries else Markup("")


def section(identity: str, title: str, *children: object) -> Markup:
    """Write a section with its heading of second rank."""
    return element(
        "section", element("h2", title, id=f"{identity}-title"), *children,
        id=identity, aria_labelledby=f"{identity}-title",
    )  # fmt: skip


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
