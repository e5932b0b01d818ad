"""One module a kind of block; ``fill_block`` finds the right one."""

from __future__ import annotations

from formextract.mapping import schema
from formextract.mapping.blocks.boxes import fill_boxes, fill_choice
from formextract.mapping.blocks.grid import fill_grid
from formextract.mapping.blocks.labels import fill_constant, fill_labels, fill_text
from formextract.mapping.blocks.lists import fill_clauses, fill_list
from formextract.mapping.blocks.signatures import fill_signature, fill_signatures
from formextract.mapping.blocks.tasks import fill_tasks
from formextract.mapping.form import Form
from formextract.mapping.found import Found


def fill_block(block: schema.Block, form: Form) -> list[Found]:
    """What one block of a mapping finds in a form; an empty list if its place is not there."""
    match block:
        case schema.LabelsBlock():
            return fill_labels(block, form)
        case schema.BoxesBlock():
            return fill_boxes(block, form)
        case schema.ChoiceBlock():
            return fill_choice(block, form)
        case schema.ClausesBlock():
            return fill_clauses(block, form)
        case schema.ListBlock():
            return fill_list(block, form)
        case schema.TextBlock():
            return fill_text(block, form)
        case schema.GridBlock():
            return fill_grid(block, form)
        case schema.TasksBlock():
            return fill_tasks(block, form)
        case schema.SignatureBlock():
            return fill_signature(block, form)
        case schema.SignaturesBlock():
            return fill_signatures(block, form)
        case schema.ConstantBlock():
            return fill_constant(block, form)
