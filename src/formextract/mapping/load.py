"""Loading mapping files, with errors that name file, line and key."""

from __future__ import annotations

import difflib
from pathlib import Path

import yaml
from pydantic import BaseModel, ValidationError

from formextract.errors import MappingError
from formextract.mapping import schema
from formextract.mapping.schema import MappingFile


def _line_of(node: yaml.Node | None, loc: tuple[int | str, ...]) -> int:
    """The 1-based line of a key path in a composed YAML tree, as deep as it can be followed."""
    line = node.start_mark.line + 1 if node is not None else 1
    for key in loc:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for k, v in node.value:
                if k.value == str(key):
                    found, line = v, k.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = node.value[key]
            line = found.start_mark.line + 1
        if found is None:
            # a missing key, or the name of one type of several that pydantic adds
            continue
        node = found
    return line


def load_mapping(path: Path) -> MappingFile:
    """One mapping file; MappingError with file, line, key and what was meant."""
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError) as e:
        raise MappingError(
            f"cannot be read ({e})", file=str(path), line=1, key="", remedy="Save it as UTF-8."
        ) from e
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        raise MappingError(
            f"is not YAML: {getattr(e, 'problem', e)}",
            file=str(path),
            line=mark.line + 1 if mark else 1,
            key="",
            remedy="Check indentation and quotes at that line.",
        ) from e
    if not isinstance(data, dict):
        raise MappingError(
            "must be a table of keys", file=str(path), line=1, key="", remedy="See docs/mappings.md."
        )
    try:
        mapping = MappingFile.model_validate(data)
    except ValidationError as e:
        first = e.errors()[0]
        loc = _without_tag(tuple(first["loc"]))
        raise MappingError(
            first["msg"],
            file=str(path),
            line=_line_of(node, loc),
            key=".".join(str(k) for k in loc) or "(whole file)",
            remedy=_remedy(first["type"], loc),
        ) from e
    _check_sections(mapping, node, path)
    if mapping.name != path.stem:
        raise MappingError(
            f"is {mapping.name!r}, the file is called {path.stem!r}",
            file=str(path),
            line=_line_of(node, ("name",)),
            key="name",
            remedy="Give both the same name.",
        )
    return mapping


def _without_tag(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """A key path without the block's kind, which pydantic puts in though it is no key."""
    return loc[:2] + loc[3:] if loc[:1] == ("blocks",) and len(loc) > 3 else loc


def _check_sections(mapping: MappingFile, node: yaml.Node | None, path: Path) -> None:
    """MappingError where two sections have one id or a block names a section that is not there."""
    known: list[str] = []
    for i, section in enumerate(mapping.sections):
        if section.id in known:
            raise MappingError(
                f"the id {section.id!r} is there twice",
                file=str(path),
                line=_line_of(node, ("sections", i, "id")),
                key=f"sections.{i}.id",
                remedy="Give each section an id of its own.",
            )
        known.append(section.id)
    for i, block in enumerate(mapping.blocks):
        wanted = getattr(block, "section", None)
        if wanted is not None and wanted not in known:
            raise MappingError(
                f"there is no section {wanted!r}",
                file=str(path),
                line=_line_of(node, ("blocks", i, "section")),
                key=f"blocks.{i}.section",
                remedy=f"Sections are {', '.join(known)}.",
            )


def _remedy(error_type: str, loc: tuple[int | str, ...]) -> str:
    if error_type == "extra_forbidden":
        near = difflib.get_close_matches(str(loc[-1]), known_keys(), n=1, cutoff=0.7)
        meant = f" Was {near[0]!r} meant?" if near else ""
        return f"{loc[-1]!r} is no key here; docs/mappings.md lists the keys.{meant}"
    if error_type == "missing":
        return f"Add the key {loc[-1]!r}."
    return "See docs/mappings.md."


def known_keys() -> list[str]:
    """Every key that a mapping file may hold anywhere, sorted."""
    models = [m for m in vars(schema).values() if isinstance(m, type) and issubclass(m, BaseModel)]
    return sorted({key for model in models for key in model.model_fields})


def load_mappings(folder: Path) -> list[MappingFile]:
    """All mappings of a folder, by file name; MappingError at the first wrong one or if there is none."""
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise MappingError(
            "holds no mappings (*.yaml)",
            file=str(folder),
            line=1,
            key="",
            remedy="Set FORMEXTRACT_MAPPINGS to the folder with the mapping files.",
        )
    return [load_mapping(f) for f in files]
