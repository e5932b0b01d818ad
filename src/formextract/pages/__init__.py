"""Pages of a source file: as pixels, and as the text layer that a born-digital PDF brings along."""

from formextract.pages.page import Page, Pages, open_pages
from formextract.pages.textlayer import TRUSTED, PageText

__all__ = ["TRUSTED", "Page", "PageText", "Pages", "open_pages"]
