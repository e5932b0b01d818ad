"""The parts of ``docs/`` that say what the code says, and writing them there.

    python -m tests.docs_tables        writes them anew; tests/test_docs.py fails until that is done

Each stands in its page between ``<!-- begin NAME -->`` and ``<!-- end NAME -->``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from formextract.cli.main import cli
from formextract.config import Settings
from formextract.mapping import schema
from formextract.store.schema import metadata

DOCS = Path(__file__).parents[1] / "docs"
_LIMITS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "min_length": "length ≥"}


def parts() -> dict[str, dict[str, str]]:
    """Page to part's name to its text."""
    return {
        "settings.md": {"settings": settings_table()},
        "commands.md": {f"help {name}": help_text(command, name) for name, command in leaf_commands()},
        "mappings.md": {f"keys {model.__name__}": key_table(model) for model in mapping_models()},
        "store.md": {f"table {name}": column_list(name) for name in sorted(metadata.tables)},
    }


def _limits(field: FieldInfo) -> str:
    found = [
        f"{sign} {getattr(m, key):g}"
        for m in field.metadata
        for key, sign in _LIMITS.items()
        if hasattr(m, key)
    ]
    return ", ".join(found) or "–"


def settings_table() -> str:
    """A row a setting."""
    rows = ["| variable | default | limits | meaning |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "–" if field.default is None else f"`{field.default}`"
        rows.append(f"| `FORMEXTRACT_{name.upper()}` | {default} | {_limits(field)} | {field.description} |")
    return "\n".join(rows)


def leaf_commands() -> Iterator[tuple[str, click.Command]]:
    """All commands that do something, groups left out, with their full names."""
    top = click.Context(cli)
    for name in cli.list_commands(top):
        command = cli.get_command(top, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", leaf) for sub, leaf in command.commands.items())
        else:
            yield name, command


def help_text(command: click.Command, name: str) -> str:
    """What ``--help`` prints, at a fixed width."""
    context = click.Context(
        command,
        info_name=f"formextract {name}",
        terminal_width=100,
        max_content_width=100,
        **cli.context_settings,
    )
    return f"```text\n{command.get_help(context)}\n```"


def mapping_models() -> list[type[BaseModel]]:
    """The tables that a mapping file may hold, in the order of the schema."""
    return [
        m
        for m in vars(schema).values()
        if isinstance(m, type)
        and issubclass(m, BaseModel)
        and m.__module__ == schema.__name__
        and m.model_fields
    ]


def key_table(model: type[BaseModel]) -> str:
    """A row a key."""
    rows = ["| key | default | meaning |", "|---|---|---|"]
    for name, field in model.model_fields.items():
        if name == "block":
            continue
        rows.append(f"| `{name}` | {_default(field)} | {field.description} |")
    return "\n".join(rows)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "*must be given*"
    value: Any = field.default
    if value is None or value == [] or value == {}:
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def column_list(table: str) -> str:
    """A table's columns on one line, keys marked."""
    columns = []
    for column in metadata.tables[table].columns:
        target = next(iter(column.foreign_keys), None)
        mark = "*" if column.primary_key else ""
        columns.append(f"{mark}`{column.name}`{mark}" + (f" → {target.target_fullname}" if target else ""))
    return ", ".join(columns)


def replace_part(text: str, name: str, part: str) -> str:
    """The page with one part anew; KeyError if the page has no place for it."""
    pattern = re.compile(rf"(<!-- begin {re.escape(name)} -->\n).*?(\n?<!-- end {re.escape(name)} -->)", re.S)
    if not pattern.search(text):
        raise KeyError(name)
    return pattern.sub(lambda m: f"{m[1]}{part}\n<!-- end {name} -->", text, count=1)


def main() -> None:
    """Writes all parts."""
    for page, own in parts().items():
        text = (DOCS / page).read_text(encoding="utf-8")
        for name, part in own.items():
            text = replace_part(text, name, part)
        (DOCS / page).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
