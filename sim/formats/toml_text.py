"""Words, keys and numbers as TOML has them, and names that dotted paths can hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_UNPATHED: Final = re.compile(r"[.=:,\s\x00-\x1f\x7f]+")
#: What paths call sections, so that nothing else can be called so.
_TAKEN: Final = (
    "issues", "talks", "no_deal", "kinds", "true_hazard", "after_signature", "observations", "conventions", "levers",
    "events",
    "contingencies",
)  # fmt: skip


def toml_string(text: str) -> str:
    r"""Text in quotes.

    Example:
        >>> toml_string('a "b"\n'), toml_string("\x7f")
        ('"a \\"b\\"\\n"', '"\\u007f"')
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_key(name: str) -> str:
    """A key, in quotes where it needs them."""
    return name if _BARE.fullmatch(name) else toml_string(name)


def toml_number(number: float) -> str:
    """A number as short as it can be without being another one.

    Example:
        >>> toml_number(20.0), toml_number(0.1), toml_number(-0.0), toml_number(1e22)
        ('20', '0.1', '0', '1e+22')
    """
    return f"{number + 0.0:.0f}" if number == int(number) and abs(number) < 1e15 else repr(float(number))


def toml_value(value: object) -> str:
    """A text, number, list or table within a line.

    Example:
        >>> toml_value({"value": 0.5, "claims": ["a b"], "like": {"pay rise": {"value": 2.0}}})
        '{ value = 0.5, claims = ["a b"], like = { "pay rise" = { value = 2.0 } } }'
    """
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{toml_key(str(key))} = {toml_value(one)}' for key, one in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def toml_strings(texts: Iterable[str]) -> str:
    """A list of texts."""
    return f"[{', '.join(toml_string(text) for text in texts)}]"


def toml_line(text: str) -> str:
    """Text for a comment: on one line, without what TOML forbids there."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def identifiers(names: Sequence[str], kind: str) -> list[str]:
    """A name that dotted paths can hold for each of some names, all different.

    Example:
        >>> identifiers(["USA", "EU (incl Norway)", "a.b", "a b", "", "talks"], "actor")
        ['USA', 'EU_(incl_Norway)', 'a_b', 'a_b_2', 'actor', 'actor_talks']
    """
    found: list[str] = []
    for name in names:
        base = pathable(name) or kind
        base = f"{kind}_{base}" if base in _TAKEN else base
        made, number = base, 1
        while made in found:
            number += 1
            made = f"{base}_{number}"
        found.append(made)
    return found


def pathable(name: str) -> str:
    """A name without the characters that dotted paths give a meaning to."""
    return _UNPATHED.sub("_", name).strip("_")
