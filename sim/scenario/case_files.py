"""Where the files of a case are: by folder, file, overlay or name."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sim.evidence import (
    TomlFile,
    is_file,
    is_folder,
    shown,
)
from sim.foundations import InputError, Problem, nearest

SCENARIO_FILE: Final = "scenario.toml"

OVERLAY_FOLDER: Final = "overlays"

#: Folder of overlays that bring another article, which are laid over one by one (`sim update`) and not compared.
NEWS_FOLDER: Final = "news"

CASES_FOLDER: Final = "scenarios"

#: The cases that come along with the program, so that each can be played by its name from any folder.
CASES_ALONG: Final = Path(__file__).parents[1] / "cases" / CASES_FOLDER


def overlays_of(base: Path) -> tuple[str, ...]:
    """Names of the overlays beside a scenario file, sorted.

    Raises:  InputError if there is something of that name that cannot be looked into
    """
    folder = base.parent / OVERLAY_FOLDER
    try:
        return tuple(sorted(file.stem for file in folder.iterdir() if file.suffix == ".toml"))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise InputError(Problem(f"overlays cannot be read: {error.strerror}", file=str(folder))) from None


def case_files(path: str | Path) -> tuple[TomlFile, ...]:
    """The scenario file that a case has, then its overlays and those of its news; no rule is applied to them.

    Raises:  InputError where one cannot be read, or is no TOML
    """
    base = base_file(path)
    folders = [base.parent / folder for folder in (OVERLAY_FOLDER, NEWS_FOLDER)] if base.name == SCENARIO_FILE else []
    beside = [file for folder in folders if is_folder(folder) for file in sorted(folder.glob("*.toml"))]
    return tuple(TomlFile.read(file) for file in (base, *beside))


def find_cases(folder: Path) -> tuple[Path, ...]:
    """Case folders below a folder: those that hold a ``scenario.toml``, sorted."""
    return tuple(sorted(file.parent for file in folder.glob(f"*/{SCENARIO_FILE}")))


def base_file(place: str | Path) -> Path:
    """The file that a user means by a folder, a file or a bare name.

    Raises:  InputError with the nearest right name
    """
    if not str(place).strip():
        raise InputError(Problem("no scenario is named: the name is empty", allowed=_what_is_a_case()))
    path = Path(place)
    named = Path(CASES_FOLDER) / path
    along = (CASES_ALONG / path,) if path.name == str(path) else ()
    for candidate in (path, *_with_suffix(path), named, *_with_suffix(named), *along):
        if is_file(candidate):
            return shown(candidate)
        if is_file(candidate / SCENARIO_FILE):
            return shown(candidate / SCENARIO_FILE)
    empty = f'the folder "{path}" has no {SCENARIO_FILE}'
    message = empty if is_folder(path) else f'there is no scenario "{path}"'
    here, rest = ([case.name for case in find_cases(folder)] for folder in (Path(CASES_FOLDER), CASES_ALONG))
    near = nearest(path.name, [*here, *rest]) if path.name else None
    if near in here:
        near = f"{CASES_FOLDER}/{near}"
    raise InputError(Problem(message, allowed=_what_is_a_case(), nearest=near))


def _with_suffix(path: Path) -> tuple[Path, ...]:
    """The file of a scenario named without ``.toml``; of ``.`` and ``/`` there is none."""
    return (path.with_name(f"{path.name}.toml"),) if path.name else ()


def _what_is_a_case() -> str:
    """What would be one, seen from here."""
    names = [case.name for case in find_cases(Path(CASES_FOLDER))]
    if names:
        return f"a folder with a {SCENARIO_FILE}, a .toml file, or one of {', '.join(names)}"
    along = ", ".join(case.name for case in find_cases(CASES_ALONG))
    return (
        f"a folder with a {SCENARIO_FILE}, or a .toml file. There is no folder {CASES_FOLDER}/ here: go to the "
        "root of the clone, or give the path of a case"
        + (f", or the name of one that comes along: {along}" if along else "")
    )


def overlay_file(base: Path, overlay: str | Path | None) -> Path:
    """The file of an overlay by its name beside a scenario, or by its path; the scenario itself for none.

    Raises:  InputError with the nearest right name
    """
    if overlay is None:
        return base
    named = [base.parent / folder / f"{overlay}.toml" for folder in (OVERLAY_FOLDER, NEWS_FOLDER)]
    for candidate in (*named, Path(overlay)):
        if is_file(candidate):
            return shown(candidate)
    known = overlays_of(base)
    raise InputError(
        Problem(
            f'{base.parent} has no overlay "{overlay}"',
            allowed=", ".join(known) or f"none: {base.parent / OVERLAY_FOLDER} holds no .toml file",
            nearest=nearest(str(overlay), known),
        )
    )
