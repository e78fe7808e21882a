"""Settings that are drawn: one of several options in each world, with weights and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from sim.evidence.validation import unfit
from sim.scenario.quantity import Quantity

#: Keys of the table that stands in the place of a setting.
_KEYS: Final = ("options", "value", "claims", "rates", "assumed")
#: That table as JSON Schema has it.
_TABLE: Final[JsonSchemaValue] = {
    "type": "object",
    "description": "a setting that is drawn for each world",
    "additionalProperties": False,
    "required": ["options"],
    "properties": {
        "options": {
            "description": "the settings: a list, each as likely, or each with its weight",
            "anyOf": [
                {"type": "array", "items": {"type": ["string", "integer"]}, "minItems": 1},
                {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
            ],
        },
        "value": {"type": ["string", "integer"], "description": "the central one; the likeliest if left out"},
        "claims": {"type": "array", "items": {"type": "string"}, "description": "claims that the weights rest on"},
        "rates": {"type": "array", "items": {"type": "string"}, "description": "rates that the weights rest on"},
        "assumed": {"type": "string", "description": "why these weights, where the evidence is silent"},
    },
}


class DrawnOption(str):
    """The option that a setting has in some world, or the central one; with all the others behind it.

    It is read like the plain setting; ``sim.table.settled_parts`` gives each world the option that it has drawn.

    quantity: the options, their weights, and what they rest on

    Example:
        >>> found = DrawnOption(Quantity(value="war", options={"war": 3, "talks": 1}, assumed="toy"))
        >>> found, found.options, found.at(1)
        ('war', ('war', 'talks'), 'talks')
    """

    __slots__ = ("quantity",)
    quantity: Quantity

    def __new__(cls, quantity: Quantity) -> Self:
        """The central option of a number with named options."""
        found = super().__new__(cls, str(quantity.value))
        found.quantity = quantity
        return found

    def __getnewargs__(self) -> tuple[Quantity]:  # type: ignore[override]
        """What it is made from again after pickling."""
        return (self.quantity,)

    @property
    def options(self) -> tuple[str, ...]:
        """Names of the options, in the order of their codes."""
        return tuple(self.quantity.options or {})

    def at(self, code: int) -> DrawnOption:
        """The same setting where the option with this place is drawn."""
        return DrawnOption(self.quantity.model_copy(update={"value": self.options[code]}))


class Drawable:
    """Marks a setting that may be written as a table of options; see ``DrawnOption``."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read the plain setting, or the table."""
        return core_schema.no_info_wrap_validator_function(
            _read, handler(source), serialization=core_schema.plain_serializer_function_ser_schema(_written)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Either of them."""
        plain = handler(schema["schema"])
        return {"anyOf": [*plain.get("anyOf", [plain]), _TABLE]}


def _written(found: Any) -> Any:
    return found.quantity.long() if isinstance(found, DrawnOption) else found


def _read(found: Any, plain: core_schema.ValidatorFunctionWrapHandler) -> Any:
    if isinstance(found, DrawnOption):
        found = found.quantity.long()
    return _drawn(found, plain) if isinstance(found, Mapping) else plain(found)


def _drawn(found: Mapping[str, Any], plain: core_schema.ValidatorFunctionWrapHandler) -> DrawnOption:
    """Options of which each would do as the plain setting."""
    wrong = [key for key in found if key not in (*_KEYS, "distribution")]
    if wrong or "options" not in found:
        what = f'"{wrong[0]}" is not known here' if wrong else "options are missing"
        raise ValueError(f"{what}; a setting that is drawn has {', '.join(_KEYS)}")
    options = found["options"]
    if isinstance(options, list | tuple):
        options = dict.fromkeys(map(str, options), 1.0)
    if not isinstance(options, Mapping) or not options:
        raise ValueError("options must be a list of settings, or settings with weights")
    weights = {str(name): weight for name, weight in options.items()}
    for name in weights:
        try:
            plain(int(name) if name.isdecimal() else name)
        except ValidationError as error:
            expected = error.errors()[0].get("ctx", {}).get("expected", "")
            raise ValueError(f'the option "{name}" is not allowed here{f"; {expected}" if expected else ""}') from None
    rest = {key: found[key] for key in ("claims", "rates", "assumed") if key in found}
    if any(isinstance(weight, bool) or not isinstance(weight, int | float) for weight in weights.values()):
        raise ValueError("the weights of options must be numbers")
    try:
        value = str(found.get("value", max(weights, key=lambda name: float(weights[name]))))
        return DrawnOption(Quantity(value=value, options=weights, distribution="categorical", **rest))
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        if detail["type"] == "value_error":
            raise ValueError(str(detail["ctx"]["error"])) from None
        raise ValueError(f"{detail['loc'][0]}: {unfit(dict(detail))}") from None


def options_of(found: str) -> tuple[str, ...]:
    """Every option of a setting; the setting alone where it is not drawn.

    Example:
        >>> options_of("zeuthen")
        ('zeuthen',)
    """
    return found.options if isinstance(found, DrawnOption) else (found,)


def told_option(found: str) -> str:
    """A setting as plain text; where it is drawn all its options.

    Example:
        >>> told_option(DrawnOption(Quantity(value="war", options={"war": 3, "talks": 1}, assumed="toy")))
        'war or talks, as drawn'
    """
    return f"{' or '.join(found.options)}, as drawn" if isinstance(found, DrawnOption) else found
