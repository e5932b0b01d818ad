"""Every reason why a file is not read: its stable code, its sentence and its remedy.

The codes are part of the interface (``problem.code``); the desk and the reports count by them.
"""

from __future__ import annotations

from formextract.errors import LimitExceeded, NotReadyInput, UnreadableInput

RESCAN = "Scan the paper again, or ask the sender for the file again."

FAULTS: dict[str, tuple[str, str]] = {
    "not_found": ("There is no such file.", "Check the path; the file may have been moved or renamed."),
    "is_directory": (
        "This is a folder, not a file.",
        "Name the files in it, or use a command that takes folders.",
    ),
    "not_a_file": ("This is a {what}, not a regular file.", "Copy the document itself into the folder."),
    "dangling_link": (
        "This link leads nowhere.",
        "Copy the file itself into the folder instead of a link to it.",
    ),
    "link_outside": (
        "This link leads out of the folder that is being read.",
        "Copy the file itself into the folder instead of a link to it.",
    ),
    "link_skipped": (
        "This is a link; links inside a folder are not followed.",
        "Nothing to do if the file it leads to is in the folder too; else copy the file here.",
    ),
    "no_permission": (
        "The file may not be read by this user.",
        "Give the user that runs formextract the right to read the file.",
    ),
    "io_error": (
        "The file could not be read from the disk.",
        "Check the disk or the network share, then try again.",
    ),
    "empty_file": (
        "The file has no bytes in it.",
        "Copy or scan it again; the copy was probably broken off.",
    ),
    "too_large": (
        "The file has {size} MB; {limit} MB are allowed.",
        "Scan at 300 dpi or split the file, or raise FORMEXTRACT_MAX_FILE_MB.",
    ),
    "not_ready": (
        "The file is still being written or copied.",
        "Nothing to do: it is taken when it has stopped changing.",
    ),
    "unfinished_name": (
        "The name is that of an unfinished download, a lock file or a hidden file.",
        "Nothing to do, or rename the file if it is a document.",
    ),
    "not_a_document": (
        "The file is neither a PDF nor an image.",
        "Nothing to do, or save the document as PDF if it is one.",
    ),
    "unknown_type": (
        "The file's first bytes are not those of a PDF or of a known image format.",
        "Open it in the program that made it and save it as PDF.",
    ),
    "office_document": (
        "This is a {what} document, not a PDF or an image.",
        "Open it in the program that made it and save it as PDF.",
    ),
    "archive": (
        "This is an archive of files ({what}).",
        "Unpack it and hand in the documents in it, saved as PDF.",
    ),
    "heic": (
        "This is a HEIC/HEIF photo, as iPhones take them.",
        "Save it as JPEG or as PDF; on the phone choose Settings > Camera > Formats > Most Compatible.",
    ),
    "encrypted": (
        "The PDF asks for a password before it opens.",
        "Open it with the password and print it to a new PDF without one.",
    ),
    "unsupported_encryption": (
        "The PDF is locked in a way that only its own viewer can open.",
        "Open it in that viewer and print it to a new PDF.",
    ),
    "damaged": ("The file is damaged: {what}.", RESCAN),
    "truncated": (
        "The file is cut off before its end.",
        "Copy it again; the transfer was probably broken off.",
    ),
    "no_pages": ("The file has no pages.", RESCAN),
    "too_many_pages": (
        "The file has {pages} pages; {limit} are allowed.",
        "Split the file, or raise FORMEXTRACT_MAX_PAGES.",
    ),
    "page_too_large": (
        "Page {page} measures {size} mm; {limit} mm are allowed.",
        "Print it to A4, or raise FORMEXTRACT_MAX_PAGE_MM.",
    ),
    "image_too_large": (
        "Page {page} is an image of {size} megapixels; {limit} are allowed.",
        "Scan again at 300 dpi, or raise FORMEXTRACT_MAX_PAGE_MEGAPIXELS.",
    ),
    "xfa_form": (
        "The PDF is an XFA form: its pages exist only inside Adobe Reader.",
        "Open it in Adobe Reader and print it to a new PDF.",
    ),
    "parser_crashed": ("Reading the file's structure failed badly ({what}).", RESCAN),
    "parser_timeout": (
        "Reading the file's structure took longer than {limit} seconds.",
        "Open it in a viewer and print it to a new PDF.",
    ),
    "quarantine_failed": (
        "The file could not be moved to the quarantine folder.",
        "Check that the folder exists, may be written to and has room.",
    ),
}

_LIMITS = {"too_large", "too_many_pages", "page_too_large", "image_too_large"}


def fault(code: str, **details: object) -> UnreadableInput:
    """The error for one of the codes of ``FAULTS``; the details fill its sentence.

    Returns (does not raise) an UnreadableInput, a LimitExceeded for the codes about limits,
    a NotReadyInput for ``not_ready``.  KeyError if the code or a detail is not known.
    """
    message, remedy = FAULTS[code]
    kind: type[UnreadableInput] = UnreadableInput
    if code in _LIMITS:
        kind = LimitExceeded
    elif code == "not_ready":
        kind = NotReadyInput
    return kind(message.format(**details), code=code, remedy=remedy)
