"""YAML as a tree of located nodes: composed, never constructed, so that no tag makes anything but text."""

from __future__ import annotations

from typing import Final

from sim.formats.located_node import LocatedNode
from sim.formats.source_text import DEEPEST, SourceText
from sim.foundations import InputError, brief

_PLAIN: Final = "tag:yaml.org,2002:"


def read_yaml(file: SourceText) -> LocatedNode:
    r"""Read one YAML document. Words stay as they are written, so that a level called NO is no falsehood.

    Raises:  InputError where it is none, with line and column
    Example:
        >>> from pathlib import Path
        >>> found = read_yaml(SourceText(Path("a.yml"), "levels:\n- NO\n- '1'\n", ""))
        >>> [(level.words(), level.line, level.column) for level in found.member("levels").rows()]
        [('NO', 2, 3), ('1', 3, 3)]
    """
    import yaml

    try:
        found = yaml.compose(file.text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = " ".join(str(part) for part in (error.context, error.problem) if part)
        file.wrong(f"not YAML: {told}", mark.line + 1 if mark else 1, mark.column + 1 if mark else 1)
        file.checked()
    except yaml.reader.ReaderError as error:
        line = file.text.count("\n", 0, error.position) + 1
        column = error.position - file.text.rfind("\n", 0, error.position)
        file.wrong(f"not YAML: {error.reason}", line, column)
        file.checked()
    except RecursionError:
        raise InputError(f"{file.path}: nested too deeply") from None
    except yaml.YAMLError as error:
        raise InputError(f"{file.path}: not YAML: {brief(str(error))}") from None
    if found is None:
        return LocatedNode(file, 1, 1, "")
    return _located(file, found, {}, 0)


def _located(file: SourceText, found: object, known: dict[int, LocatedNode | None], depth: int) -> LocatedNode:
    """A node of ours for one of the composer's; what is named by an alias is made once."""
    import yaml

    assert isinstance(found, yaml.Node)
    line, column = found.start_mark.line + 1, found.start_mark.column + 1
    nowhere = LocatedNode(file, line, column, "")
    if id(found) in known:
        again = known[id(found)]
        if again is None:
            file.wrong("this refers to itself", line, column)
        return again or nowhere
    if depth > DEEPEST:
        file.wrong(f"nested too deeply: more than {DEEPEST} tables or lists within each other", line, column)
        return nowhere
    if not str(found.tag).startswith(_PLAIN) or str(found.tag).startswith(f"{_PLAIN}python"):
        file.wrong(f"the tag {brief(str(found.tag), 60)} is not read: only plain YAML is", line, column)
        return nowhere
    known[id(found)] = None
    content: dict[str, LocatedNode] | list[LocatedNode] | str
    if isinstance(found, yaml.MappingNode):
        content = {}
        for key, value in found.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
            if not name or name in content:
                told = f'"{brief(name)}" stands here twice' if name else "a key is a name or a number"
                file.wrong(told, key.start_mark.line + 1, key.start_mark.column + 1)
            content[name] = _located(file, value, known, depth + 1)
    elif isinstance(found, yaml.SequenceNode):
        content = [_located(file, value, known, depth + 1) for value in found.value]
    else:
        content = str(found.value)
    made = LocatedNode(file, line, column, content, quoted=bool(getattr(found, "style", None)))
    known[id(found)] = made
    return made
