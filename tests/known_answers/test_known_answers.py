"""Every case of the known answers, and of files beside the repository where there are some, asked of the adapter."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from tests.known_answers import adapter

#: Our own test data: {key: {"title", "cases": [{"inputs", "outputs"}]}}, tolerances under "_meta".
DATA = Path(__file__).with_name("data")

#: Files of the same and of like forms that may lie beside the repository.
VECTORS = Path(__file__).resolve().parents[3] / "shared" / "vectors"

#: Keys that are answered but have no case in our data; a test of their own compares them with what is published.
WITHOUT_DATA = {"ktab_smp"}

#: Answers that are known to six decimals only, or to three.
PRINTED = {"challenge_model": {"*": 1e-6}, "reliability": {"*": 5e-4}}

#: What of a played session is compared; the rest of the file describes the platform it was played on.
SESSION_OUTPUTS = ("agreement", "rounds", "utilities")


def walk(folder):
    """Yield (test id, key, inputs, outputs, tolerance of each output) for every case of every file in a folder."""
    for file in sorted(folder.glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        meta = content.get("_meta", {})
        default = meta.get("default_tolerance", 1e-9)
        loose = PRINTED | meta.get("tolerance_by_output", {})
        if isinstance(content.get("cases"), list):  # sessions: the kind stands in the case
            groups = [(case["kind"], case) for case in content["cases"]]
        else:
            groups = [
                (key, case)
                for key, group in content.items()
                if isinstance(group, dict)
                for case in group.get("cases", [])
            ]
        for number, (key, case) in enumerate(groups):
            name = case.get("id", number)
            inputs = case["inputs"] if "inputs" in case else case["input"]
            tolerance = {"*": default, **loose.get(key, {})}
            yield f"{folder.parent.name}-{file.stem}-{key}-{name}", key, inputs, outputs_of(key, case), tolerance


def outputs_of(key, case):
    """The part of a case that the adapter must reproduce."""
    if key == "sao_session" and "negmas_output" in case:
        return {name: case["negmas_output"][name] for name in SESSION_OUTPUTS}
    return case["outputs"] if "outputs" in case else case["textbook_output"]


def differences(found, expected, tolerance, where):
    """List what differs between two nested answers, with the place of each difference."""
    if isinstance(expected, str) and expected in {"inf", "-inf"} and not isinstance(found, str):
        expected = float(expected)
    if isinstance(expected, dict) and isinstance(found, dict):
        missing = [f"{where}.{name} is missing" for name in expected if name not in found]
        return missing + [
            line
            for name in expected
            if name in found
            for line in differences(found[name], expected[name], tolerance, f"{where}.{name}")
        ]
    if isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            return [f"{where}: {found} instead of {expected}"]
        return [
            line
            for place, (a, b) in enumerate(zip(found, expected, strict=True))
            for line in differences(a, b, tolerance, f"{where}[{place}]")
        ]
    numbers = [type(value) in {int, float} for value in (found, expected)]
    if all(numbers):
        same = found == expected or math.isclose(found, expected, rel_tol=tolerance, abs_tol=tolerance)
    else:
        same = type(found) is type(expected) and found == expected
    return [] if same else [f"{where}: {found!r} instead of {expected!r}"]


OWN, BESIDE = list(walk(DATA)), list(walk(VECTORS))


def is_due(key):
    """Whether the adapter owes this key an answer."""
    return any(key in keys for keys in adapter.DUE.values())


def test_no_module_that_owes_answers_is_missing():
    """Every key that is due has somebody to answer it, so that no case can be left out in silence."""
    assert not adapter.missing()


@pytest.mark.parametrize(
    ("key", "inputs", "outputs", "tolerance"),
    [pytest.param(*case[1:], id=case[0]) for case in [*OWN, *BESIDE] if is_due(case[1])],
)
def test_case_is_answered(key, inputs, outputs, tolerance):
    """A case that is due gives every output within its tolerance, as plain lists and floats."""
    found = adapter.answer(key, inputs)
    json.dumps(found)
    wrong = [
        line
        for name in outputs
        for line in (
            differences(found[name], outputs[name], tolerance.get(name, tolerance["*"]), name)
            if name in found
            else [f"{name} is missing"]
        )
    ]
    assert not wrong, "\n".join(wrong)


def test_every_key_is_due_or_pending():
    """Our data answer for each key that is due and no other; what lies beside the repository has no key unheard of."""
    own, beside = ({case[1] for case in cases} for cases in (OWN, BESIDE))
    due = {key for keys in adapter.DUE.values() for key in keys}
    assert own == due - WITHOUT_DATA
    assert beside <= due | set(adapter.PENDING)
    assert not due & set(adapter.PENDING)


def test_unknown_key_is_refused():
    """A key that no vector file has is an error of its own."""
    with pytest.raises(KeyError, match="Z9"):
        adapter.answer("Z9", {})


def test_adapter_runs_when_loaded_by_path():
    """The adapter works without the test folder on the import path."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("adapter_by_path", Path(adapter.__file__))
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    found = loaded.answer("B2_smooth", {"set": "ellipsoid", "a": [1, 1], "weights": None})
    assert found["egalitarian"] == pytest.approx([0.5**0.5] * 2)
