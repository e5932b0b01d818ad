"""The docs say what the code says."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from formextract import errors
from formextract.mapping import schema
from tests.docs_tables import DOCS, help_text, leaf_commands, mapping_models, parts, replace_part

STALE = "docs/{page} does not say what the code says; run: python -m tests.docs_tables"
PARTS = [(page, name) for page, own in parts().items() for name in own]


@pytest.mark.parametrize(("page", "name"), PARTS, ids=[f"{page}:{name}" for page, name in PARTS])
def test_part_is_as_the_code_says(page: str, name: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert replace_part(text, name, parts()[page][name]) == text, STALE.format(page=page)


@pytest.mark.parametrize("page", sorted({page for page, _ in PARTS}))
def test_page_has_no_part_that_the_code_lacks(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    written = re.findall(r"<!-- begin (.+?) -->", text)
    assert sorted(written) == sorted(name for p, name in PARTS if p == page)


@pytest.mark.parametrize("name", [name for name, _ in leaf_commands()])
def test_every_command_has_a_section_an_example_and_its_exit_codes(name: str) -> None:
    command = dict(leaf_commands())[name]
    assert re.search(rf"Example:\s+formextract {name}\b", help_text(command, name))
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = text.split(f"\n## formextract {name}\n")[1].split("\n## ")[0]
    assert re.search(r"Exit codes: 0\b", section)


def test_exit_codes_are_documented() -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    listed = [int(x) for x in re.findall(r"^\| (\d+) \|", text, re.M)]
    assert listed == sorted(v for k, v in vars(errors).items() if k.startswith("EXIT_"))


def test_help_lists_the_same_exit_codes() -> None:
    from formextract.cli.main import EXIT_CODES

    listed = [int(x) for x in re.findall(r"^  (\d+)  ", EXIT_CODES, re.M)]
    assert listed == sorted(v for k, v in vars(errors).items() if k.startswith("EXIT_"))


def test_every_kind_and_block_of_a_mapping_is_explained() -> None:
    text = (DOCS / "mappings.md").read_text(encoding="utf-8")
    kinds = text.split("`kind` is one of:")[1].split("\n###")[0]
    assert sorted(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (.+?) \|", kinds, re.M)))) == sorted(
        get_args(schema.Kind)
    )
    blocks = [
        get_args(m.model_fields["block"].annotation)[0] for m in mapping_models() if "block" in m.model_fields
    ]
    headings = re.findall(r"^### (\w+)$", text, re.M)
    assert sorted(headings) == sorted(blocks)


def test_the_guides_example_is_a_mapping() -> None:
    import yaml

    text = (DOCS / "mappings.md").read_text(encoding="utf-8")
    example = text.split("**2. Begin the file.**")[1].split("\n- *Cues*")[0]
    lines = [line[4:] for line in example.splitlines() if line.startswith("    ")]
    mapping = schema.MappingFile.model_validate(yaml.safe_load("\n".join(lines)))
    assert mapping.key == "leave_request@2565"


ROOT = DOCS.parent
LINKS = [
    (str(page.relative_to(ROOT)), target)
    for page in [*sorted(ROOT.glob("*.md")), ROOT / "samples" / "README.md", *sorted(DOCS.glob("*.md"))]
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    if "://" not in target
]


@pytest.mark.parametrize(("page", "target"), LINKS)
def test_links_lead_somewhere(page: str, target: str) -> None:
    assert (ROOT / page).parent.joinpath(target).exists()
