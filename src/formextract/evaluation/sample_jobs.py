"""Which samples are made: one line each, all seeds fixed.

``form`` and ``seed`` give the content, ``layout`` the style; ``scan`` names a recipe of ``scanner``
or is ``born_digital``; ``extras`` are ``sign``, ``stamp``, ``bleed``, ``holes``, ``turn1`` … ``turn3``
(quarter turns), ``rotten`` (garbage text layer), ``wrongmap`` (wrong glyph map), ``mixed`` (page 1 born digital).
"""

# ruff: noqa: E501 - Thai sentences stay whole

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Job:
    """One sample file."""

    name: str
    """Path below the samples folder, with its suffix."""
    form: str
    """``pa1``, ``mou``, ``roster`` or ``pack`` (an MOU and a roster in one file)."""
    seed: int
    """Content seed."""
    scan: str = "born_digital"
    """Recipe."""
    extras: tuple[str, ...] = ()
    """See the module."""
    options: dict[str, Any] = field(default_factory=dict)
    """Further arguments of the form's ``make_…`` function."""
    fixed: dict[str, Any] = field(default_factory=dict)
    """Choices of the style that are not drawn."""
    look: dict[str, Any] | None = None
    """Look of a PA1, if not drawn."""


_TWO = {"variant": "2p", "n_codev": 1}
_SARABUN = {"font": "TH Sarabun New", "size": 16.0}

JOBS = (
    # born digital
    Job("inbox/pa1_born_dots.pdf", "pa1", 101, fixed={**_SARABUN, "leader": "dots", "digits": "arabic"}),
    Job(
        "pa1_born_long.pdf",
        "pa1",
        102,
        options={"tasks": "long"},
        fixed={"font": "TH SarabunPSK", "leader": "plain"},
    ),
    Job(
        "pa1_born_loose.pdf",
        "pa1",
        103,
        fixed={"font": "TH Niramit AS"},
        look={"table": "loose", "head_breaks": 2},
    ),
    Job("pa1_born_blank.pdf", "pa1", 104, options={"blank": True}, fixed=_SARABUN),
    Job("pa1_born_wrongmap.pdf", "pa1", 105, extras=("wrongmap",), fixed=_SARABUN),
    Job("mou_born_area.pdf", "mou", 201, fixed={**_SARABUN, "digits": "mixed", "leader": "dots"}),
    Job("inbox/mou_born_two.pdf", "mou", 202, options=_TWO, fixed={"font": "Norasi"}),
    Job("mou_born_obec.pdf", "mou", 203, options={"variant": "3p_obec"}, fixed={"font": "TH SarabunPSK"}),
    Job(
        "mou_born_blank.pdf",
        "mou",
        204,
        options={"blank": True, "n_codev": 3},
        fixed={**_SARABUN, "leader": "dots"},
    ),
    Job(
        "inbox/roster_born_merged.pdf",
        "roster",
        301,
        options={"merged": True, "n_offices": 10},
        fixed=_SARABUN,
    ),
    Job("roster_born_blank_cells.pdf", "roster", 302, options={"merged": False}, fixed={"font": "Laksaman"}),
    # office scans
    Job(
        "inbox/pa1_office_1.pdf",
        "pa1",
        111,
        "office",
        ("sign",),
        fixed={**_SARABUN, "leader": "dots", "digits": "thai"},
    ),
    Job(
        "inbox/pa1_office_2.pdf",
        "pa1",
        112,
        "office",
        ("sign", "holes"),
        look={"table": "domains", "scope": False, "repeat_header": False},
    ),
    Job(
        "inbox/pa1_office_bw.tif",
        "pa1",
        113,
        "office_bw",
        ("sign",),
        fixed={"font": "TH SarabunPSK", "size": 16.0},
    ),
    Job(
        "inbox/pa1_office_stamped.pdf",
        "pa1",
        114,
        "office_color",
        ("sign", "stamp"),
        fixed={"tick": "pen", "box": "square", **_SARABUN},
        look={"scope": False},
    ),
    Job("inbox/pa1_fax.tif", "pa1", 115, "fax", ("sign",), fixed={"font": "TH Sarabun New", "size": 16.0}),
    Job(
        "inbox/pa1_phone.pdf",
        "pa1",
        116,
        "phone",
        ("sign",),
        fixed={"font": "TH SarabunPSK", "size": 15.0},
        look={"scope": False, "table": "tasks"},
    ),
    Job(
        "pa1_office_150.pdf",
        "pa1",
        117,
        "office_150",
        ("sign",),
        fixed={"font": "TH Niramit AS", "size": 15.0, "leading": 1.3},
        look={"scope": False},
    ),
    Job(
        "pa1_mixed.pdf",
        "pa1",
        118,
        "office",
        ("sign", "mixed"),
        fixed=_SARABUN,
        look={"scope": False, "repeat_header": False},
    ),
    Job(
        "inbox/mou_office_1.pdf",
        "mou",
        211,
        "office",
        ("sign",),
        fixed={**_SARABUN, "leader": "dots", "digits": "thai"},
    ),
    Job(
        "inbox/mou_office_2.pdf",
        "mou",
        212,
        "office",
        ("sign", "bleed"),
        options=_TWO,
        fixed={"leader": "rule"},
    ),
    Job(
        "inbox/mou_office_stamped.pdf",
        "mou",
        213,
        "office_color",
        ("sign", "stamp"),
        fixed={"font": "TH SarabunPSK"},
    ),
    Job(
        "inbox/mou_office_300.pdf",
        "mou",
        214,
        "office_300",
        ("sign",),
        options=_TWO,
        fixed={"font": "Kinnari"},
    ),
    Job("mou_fax.pdf", "mou", 215, "fax", ("sign",), fixed={"font": "TH Sarabun New", "leader": "over"}),
    Job("mou_phone.pdf", "mou", 216, "phone", ("sign",), fixed={"font": "TH SarabunPSK", "leader": "dots"}),
    Job("mou_turned.pdf", "mou", 217, "office", ("turn2",), options=_TWO),
    Job("mou_rotten_layer.pdf", "mou", 218, "office", ("rotten",), fixed=_SARABUN),
    Job("inbox/roster_office_1.pdf", "roster", 311, "office", (), options={"merged": True}, fixed=_SARABUN),
    Job(
        "inbox/roster_office_2.tif",
        "roster",
        312,
        "office",
        ("holes",),
        options={"merged": False, "n_offices": 6},
    ),
    Job("inbox/roster_office_300.pdf", "roster", 313, "office_300", (), options={"n_offices": 5}),
    Job("roster_stamped.pdf", "roster", 314, "office_color", ("stamp",), options={"n_offices": 5}),
    Job("roster_fax.tif", "roster", 315, "fax", (), options={"merged": True}, fixed=_SARABUN),
    Job("roster_phone.jpg", "roster", 316, "phone", (), options={"n_offices": 3}, fixed=_SARABUN),
    Job(
        "roster_turned.png",
        "roster",
        319,
        "fax",
        ("turn1",),
        options={"n_offices": 2},
        fixed={"font": "TH SarabunPSK", "size": 15.0},
    ),
    Job("roster_skewed.pdf", "roster", 318, "skewed", (), options={"n_offices": 6}, fixed={"font": "Garuda"}),
    Job("inbox/pack_mou_roster.pdf", "pack", 411, "office", ("sign",), fixed=_SARABUN),
)
"""All samples."""
