"""Taking files in: what they are, whether they may be read, and where they go if not."""

from formextract.intake.discover import Skipped, discover, stable
from formextract.intake.guard import run_guarded
from formextract.intake.quarantine import quarantine, settle
from formextract.intake.sniff import sniff
from formextract.intake.source import hash_file, open_source

__all__ = [
    "Skipped",
    "discover",
    "hash_file",
    "open_source",
    "quarantine",
    "run_guarded",
    "settle",
    "sniff",
    "stable",
]
