"""Every key of a record, down to the parts of its lists."""

from __future__ import annotations

from typing import Any, get_args

from pydantic import BaseModel


def complete(model: type[BaseModel], value: dict[str, Any]) -> dict[str, Any]:
    """The record with each key its model knows, nulls and empty lists where nothing was found.

    Keys come in the model's order; values are not checked and unknown keys are kept behind the
    known ones, since it is the rules' task to speak of a wrong value.
    """
    out: dict[str, Any] = {}
    empty: dict[str, Any] | None = None
    for name, field in model.model_fields.items():
        given = value.get(name)
        part = _part_of(field.annotation)
        if given is None:
            empty = model().model_dump(mode="json") if empty is None else empty
            out[name] = empty[name]
        elif part is None:
            out[name] = given
        elif isinstance(given, dict):
            out[name] = complete(part, given)
        elif isinstance(given, list):
            out[name] = [complete(part, x) if isinstance(x, dict) else x for x in given]
        else:
            out[name] = given
    return out | {k: v for k, v in value.items() if k not in out}


def _part_of(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation such as ``list[Task] | None`` holds; None for plain values."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for arg in get_args(annotation) if (part := _part_of(arg))), None)
