"""The forms that the simulated printer knows.

Each has a ``make_…`` function: content seed and layout choices -> ``Sheet``.
"""

from formextract.evaluation.forms.mou import make_mou
from formextract.evaluation.forms.pa1 import make_pa1
from formextract.evaluation.forms.roster import make_roster
from formextract.evaluation.forms.sheet import Sheet

__all__ = ["Sheet", "make_mou", "make_pa1", "make_roster"]
