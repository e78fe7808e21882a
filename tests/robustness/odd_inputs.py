"""Inputs that nobody would write on purpose, made of sound ones: by their structure, and byte by byte."""

import copy
import datetime as dt
import json

#: What is put where something else belongs.
ODD = (
    0, -0.0, -1, 0.5, 1, 1.0000000000000002, 1e-12, 1e300, 1e308, -1e308, 5e-324, 2**63, 10**30, 0.9999999999999999,
    float("nan"), float("inf"), float("-inf"), True, False, "", " ", "x", "none", "Ω", "漢字 ، עברית", "a\nb",
    "$x_1^{2$", "\\frac", "{}", "%s", "<b>&amp;</b>", "n" * 300,
    "\0", "../../../../etc/hosts", "/dev/zero", "0.5", "1e400", "-",
    [], [[]], [0], ["x"], ["x", "x"], [1, "x"], {}, {"value": 0.5}, {"value": "x"},
    {"value": 0.5, "low": 0.9, "high": 0.1},
    {"value": 0.5, "assumed": "odd"}, {"value": 1e308, "low": -1e308, "high": 1e308, "assumed": "odd"},
    {"value": 0.5, "range": [0.5, 0.5], "assumed": "odd"}, {"mirrors": "x.y", "assumed": "odd"},
    {"options": {"a": 1}}, dt.date(2025, 1, 1), dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.time(1, 2),
)  # fmt: skip


def toml(document):
    """A document as TOML text: its tables written within each other."""
    return "\n".join(f"{_key(key)} = {_value(value)}" for key, value in document.items()) + "\n"


def places(found, path=()):
    """Every key path of a document, in its order."""
    items = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


def altered(document, dice):
    """A copy of a document with one to three odd changes, and what these were."""
    changed, told = copy.deepcopy(document), []
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        known = list(places(changed))
        if not known:
            break
        path = dice.choice(known)
        how = dice.choice(_WAYS)
        how(changed, path, dice)
        told.append(f"{how.__name__.strip('_')} {'.'.join(map(str, path))}")
    return changed, told


def bytes_altered(content, dice):
    """Some bytes flipped, put in, taken out, doubled, or cut off; and what was done."""
    found, told = bytearray(content), []
    for _ in range(dice.choice((1, 1, 2, 5))):
        at = dice.randrange(len(found) + 1)
        size = dice.choice((1, 1, 2, 8, 64, 1000))
        how = dice.choice(("flip", "junk", "token", "cut", "double", "end"))
        told.append(f"{how} {size} at {at}")
        if how == "flip" and at < len(found):
            found[at] ^= 1 << dice.randrange(8)
        elif how == "junk":
            found[at:at] = dice.randbytes(size)
        elif how == "token":
            found[at:at] = dice.choice(_TOKENS) * min(size, 64)
        elif how == "cut":
            del found[at : at + size]
        elif how == "double":
            found[at:at] = found[at : at + size]
        elif how == "end":
            del found[at:]
    return bytes(found), told


_TOKENS = (b'"', b"'''", b'"""', b"[", b"[[", b"{", b"]", b"}", b"=", b".", b"#", b"\n", b"\r", b"\x00", b"\xff", b"9",
           b"\\u0000", b"-", b"e", b"_", b"a.", b",", b"\xef\xbb\xbf", b" ", b"nan", b"inf")  # fmt: skip


def _at(document, path):
    for key in path[:-1]:
        document = document[key]
    return document, path[-1]


def _odd(document, path, dice):
    table, key = _at(document, path)
    table[key] = copy.deepcopy(dice.choice(ODD))


def _lose(document, path, dice):
    table, key = _at(document, path)
    del table[key]


def _similar(document, path, dice):
    """Put something from elsewhere in the document there."""
    other, there = _at(document, dice.choice(list(places(document))))
    table, key = _at(document, path)
    table[key] = copy.deepcopy(other[there])


def _rename(document, path, dice):
    table, key = _at(document, path)
    if isinstance(table, dict):
        names = [str(place[-1]) for place in places(document)]
        table[dice.choice([*names, f"{key}s", "", "a.b", "Ω", "n" * 300])] = table.pop(key)


def _double(document, path, dice):
    table, key = _at(document, path)
    if isinstance(table, list):
        table.insert(key, copy.deepcopy(table[key]))
    else:
        table[f"{key}_2"] = copy.deepcopy(table[key])


def _scale(document, path, dice):
    table, key = _at(document, path)
    if isinstance(table[key], int | float) and not isinstance(table[key], bool):
        table[key] = table[key] * dice.choice((-1, 0, 1e-9, 0.5, 0.999999, 1.000001, 2, 10, 1000, 1e9))


_WAYS = (_odd, _odd, _odd, _lose, _similar, _similar, _rename, _double, _scale, _scale)


def _key(key):
    return json.dumps(str(key), ensure_ascii=False)


def _value(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return repr(value)
