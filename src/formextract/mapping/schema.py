"""The YAML of a mapping: its keys, their meaning, and loading with loud errors.

A mapping says how one form looks in a span of years: by which words it is known, into which
sections its text falls, and which block of each section gives which field.  Everything here
is data; the blocks' code is in ``mapping/blocks``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Kind = Literal[
    "text",
    "choice",
    "person",
    "person_given",
    "surname",
    "school",
    "schools",
    "area_office",
    "date",
    "year_be",
    "integer",
    "hours",
    "baht",
    "rank",
    "copies",
    "form_code",
]
"""How a printed value is parsed; see ``mapping/values.py``."""

Words = Annotated[list[str], Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Cue(_Strict):
    """A phrase of the printed form that speaks for this mapping."""

    text: str = Field(description="The phrase as printed.")
    weight: float = Field(default=1.0, gt=0, description="How much it says.")


class Recognise(_Strict):
    """How the form is told from others, by its body; titles may be cut."""

    cues: list[Cue] = Field(min_length=1, description="Phrases that speak for the form.")
    against: list[Cue] = Field(default=[], description="Phrases that speak for another form.")
    needs: float = Field(default=0.4, gt=0, le=1, description="Share of the cues' weight that must be found.")
    starts: list[str] = Field(
        default=[], description="Phrases in the upper half of a page that begin a new copy of the form."
    )


class Section(_Strict):
    """A stretch of the form's running text, from its first words to the next section's."""

    id: str = Field(description="Name used by blocks.")
    starts: list[str] = Field(
        default=[], description="First words, variants; empty for the form's beginning."
    )
    optional: bool = Field(default=False, description="Whether a copy may lack it.")
    line_start: bool = Field(default=True, description="Whether its first words begin a line.")

    _words = field_validator("starts", mode="before")(_as_list)


class Label(_Strict):
    """A printed label and the field whose value follows it."""

    label: Words = Field(description="The label as printed, variants.")
    field: str | None = Field(default=None, description="Path in the record; none for a mere boundary.")
    kind: Kind = Field(default="text", description="How the value is parsed.")
    choices: list[str] = Field(default=[], description="Allowed values of a choice, as printed.")
    required: bool = Field(default=False, description="Whether a filled form must have it.")
    until_line_end: bool = Field(default=False, description="The value ends with its line.")
    line_start: bool = Field(default=False, description="The label begins a line.")
    keep: bool = Field(default=False, description="The label's own words belong to the value.")
    optional: bool = Field(default=False, description="Not every copy prints it: its absence casts no doubt.")
    printed: bool = Field(
        default=False,
        description="Blank copies print the value too: it says nothing of how far a copy is filled.",
    )

    _words = field_validator("label", mode="before")(_as_list)


class LabelsBlock(_Strict):
    """Labels in printed order; each value stands between its label and the next one."""

    block: Literal["labels"]
    section: str = Field(description="Where to look.")
    labels: list[Label] = Field(min_length=1, description="The labels in printed order.")


class BoxItem(_Strict):
    """A printed choice with its tick box."""

    label: Words = Field(description="The words beside the box, variants; the first is the standard one.")
    code: str | None = Field(default=None, description="Stable code for the record.")
    value: bool | str | None = Field(default=None, description="Value given to the field when ticked.")

    _words = field_validator("label", mode="before")(_as_list)


class Amount(_Strict):
    """A number that stands between words after a tick box's label."""

    before: Words = Field(description="Words before the number, variants.")
    after: Words = Field(description="Words after the number, variants.")
    field: str = Field(default="hours", description="Key in the item.")

    _before = field_validator("before", mode="before")(_as_list)
    _after = field_validator("after", mode="before")(_as_list)


class BoxesBlock(_Strict):
    """A list of tick boxes, every printed one listed."""

    block: Literal["boxes"]
    section: str = Field(description="Where to look.")
    field: str = Field(description="Path of the list in the record.")
    items: list[BoxItem] = Field(min_length=2, description="The boxes in printed order.")
    amount: Amount | None = Field(default=None, description="A number printed after each label.")


class ChoiceBlock(_Strict):
    """Tick boxes or brackets of which exactly one is to be ticked."""

    block: Literal["choice"]
    section: str = Field(description="Where to look.")
    field: str = Field(description="Path in the record.")
    items: list[BoxItem] = Field(min_length=2, description="The alternatives with their values.")
    required: bool = Field(default=False, description="Whether a filled form must have it.")


class ClausesBlock(_Strict):
    """Numbered paragraphs of one level, as ``{no, text}``."""

    block: Literal["clauses"]
    section: str = Field(description="Where to look.")
    field: str = Field(description="Path of the list in the record.")
    prefix: str = Field(description="The number's first part, in Arabic digits: ``3`` for 3.1, 3.2 …")


class ListBlock(_Strict):
    """Numbered, dashed or single paragraphs, as a list of texts."""

    block: Literal["list"]
    section: str = Field(description="Where to look.")
    field: str = Field(description="Path of the list in the record.")


class TextBlock(_Strict):
    """All running text of a section after its first words."""

    block: Literal["text"]
    section: str = Field(description="Where to look.")
    field: str = Field(description="Path in the record.")
    keep_start: bool = Field(default=False, description="Whether the section's first words belong to it.")
    drop_lines: list[str] = Field(default=[], description="Lines left out, as printed.")
    heading: bool = Field(
        default=False, description="Each line is a phrase of its own, as in centred titles."
    )
    required: bool = Field(default=False, description="Whether a filled form must have it.")


class Column(_Strict):
    """A column of a ruled table."""

    header: Words = Field(description="The header cell's words, variants.")
    field: str | None = Field(default=None, description="Key in the row.")
    kind: Kind = Field(default="text", description="How its cells are parsed.")
    number: str | None = Field(default=None, description="Key for a list number printed before the value.")
    carry: bool = Field(default=False, description="Blank cells inherit from the row above.")
    banner: bool = Field(
        default=False, description="Its value may stand in a row of one cell, above the rows it holds for."
    )

    _words = field_validator("header", mode="before")(_as_list)


class GridBlock(_Strict):
    """A ruled table, possibly over several pages, one record a row."""

    block: Literal["grid"]
    field: str = Field(description="Path of the list in the record.")
    columns: list[Column] = Field(min_length=2, description="The columns from left to right.")
    counter: str | None = Field(
        default=None, description="Key that counts rows within a parent; a jump shows a loss before a carry."
    )


class Domain(_Strict):
    """A standard domain of the tasks table."""

    # not "no": YAML 1.1 reads that as false
    number: int = Field(description="Its number.")
    name: str = Field(description="Its name as printed.")


class Audience(_Strict):
    """A heading in the indicators' column."""

    code: str = Field(description="Stable code for the record.")
    label: Words = Field(description="The heading as printed, variants.")

    _words = field_validator("label", mode="before")(_as_list)


TaskRole = Literal["domain", "tasks", "outcomes", "indicators"]
TASK_ROLES: tuple[TaskRole, ...] = ("domain", "tasks", "outcomes", "indicators")
"""The columns of the tasks table from left to right."""


class TasksBlock(_Strict):
    """The PA1 tasks table: a row a domain; tasks, outcomes and indicators aligned side by side."""

    block: Literal["tasks"]
    field: str = Field(description="Path of the list of domains in the record.")
    columns: dict[TaskRole, Words] = Field(description="Header words of each column, variants.")
    domains: list[Domain] = Field(min_length=1, description="The standard domains.")
    audiences: list[Audience] = Field(min_length=1, description="Headings among the indicators.")


class SignatureBlock(_Strict):
    """One signature: who, as what, when."""

    block: Literal["signature"]
    section: str = Field(description="Where to look.")
    roles: list[str] = Field(default=[], description="Role words of the wanted signature; empty: any.")
    nth: int = Field(default=0, description="Which of those, 0-based.")
    name: str | None = Field(default=None, description="Path for the printed name.")
    position: str | None = Field(default=None, description="Path for the printed position.")
    date: str | None = Field(default=None, description="Path for the date.")
    required: bool = Field(default=False, description="Whether a filled form must have its name.")
    unsigned: bool = Field(
        default=False, description="Whether a printed name and position without ลงชื่อ count."
    )


class SignaturesBlock(_Strict):
    """All signatures of a section in printed order, witnesses apart."""

    block: Literal["signatures"]
    section: str = Field(description="Where to look.")
    field: str = Field(description="Path of the list of ``{role, name_printed, position_printed}``.")
    witnesses: str | None = Field(default=None, description="Path of the list of witnesses' names.")
    roles: Words = Field(description="Role words of the parties, as printed.")
    witness_roles: list[str] = Field(default=["พยาน"], description="Role words of witnesses.")


class ConstantBlock(_Strict):
    """A value that the choice of this mapping itself decides."""

    block: Literal["constant"]
    field: str = Field(description="Path in the record.")
    value: str | int | bool = Field(description="The value.")


Block = Annotated[
    LabelsBlock
    | BoxesBlock
    | ChoiceBlock
    | ClausesBlock
    | ListBlock
    | TextBlock
    | GridBlock
    | TasksBlock
    | SignatureBlock
    | SignaturesBlock
    | ConstantBlock,
    Field(discriminator="block"),
]


class Support(_Strict):
    """Values that are printed in several places and so support or contradict each other."""

    relation: Literal["equal", "contains", "names", "fiscal_year"] = Field(
        description="equal: all the same; contains: the first holds the others; names: the first is the "
        "others in a row; fiscal_year: year, first day, last day."
    )
    paths: list[str] = Field(min_length=2, description="Paths in the record.")


class Years(_Strict):
    """Fiscal or calendar years (BE) whose forms look so."""

    start: int = Field(ge=2475, le=2700, description="First year.")
    end: int | None = Field(default=None, ge=2475, le=2700, description="Last year; none: still in use.")


class MappingFile(_Strict):
    """One mapping."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="Stable name; the file is called so.")
    doc_type: str = Field(description="The record's type.")
    title: str = Field(description="What it is, for people.")
    years: Years = Field(description="When forms look so.")
    recognise: Recognise = Field(description="How it is told from other forms.")
    sections: list[Section] = Field(default=[], description="The running text's parts in printed order.")
    blocks: list[Block] = Field(min_length=1, description="What is taken from where.")
    links: dict[str, Literal["school", "area_office"]] = Field(
        default={}, description="Paths (``[]`` for any index) that are looked up in the registry."
    )
    supports: list[Support] = Field(default=[], description="Values printed more than once.")
    office: str | None = Field(
        default=None, description="Path of the office within which schools are looked up."
    )

    @property
    def key(self) -> str:
        """``name@year``, as evidence of which layout was applied."""
        return f"{self.name}@{self.years.start}"
