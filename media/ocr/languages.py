"""Which of tesseract's languages reads which of ours. Pure.

Ours are BCP 47 codes as records carry them; tesseract's are those of its data files (ISO 639-2/T with a script).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as noop


@dataclass(frozen=True)
class Language:
    """code: tesseract's; bcp47: what its lines are marked with; name: a message id; package: Debian's, where it is."""

    code: str
    bcp47: str
    name: str
    package: str


LANGUAGES = (
    Language("vie", "vi", noop("tiếng Việt"), "tesseract-ocr-vie"),
    Language("eng", "en", noop("tiếng Anh"), "tesseract-ocr-eng"),
    Language("fra", "fr", noop("tiếng Pháp"), "tesseract-ocr-fra"),
    Language("chi_tra", "lzh", noop("chữ Hán, hàng ngang"), "tesseract-ocr-chi-tra"),
    Language("chi_tra_vert", "lzh", noop("chữ Hán, hàng dọc"), "tesseract-ocr-chi-tra-vert"),
    Language("lat", "la", noop("tiếng La-tinh"), "tesseract-ocr-lat"),
    Language("por", "pt", noop("tiếng Bồ Đào Nha"), "tesseract-ocr-por"),
    Language("nld", "nl", noop("tiếng Hà Lan"), "tesseract-ocr-nld"),
    Language("spa", "es", noop("tiếng Tây Ban Nha"), "tesseract-ocr-spa"),
    Language("deu", "de", noop("tiếng Đức"), "tesseract-ocr-deu"),
)
KNOWN = {language.code: language for language in LANGUAGES}
WANTED = ("vie", "eng", "fra", "chi_tra")  # what the set-up asks for
HAN = ("lzh", "zh", "vi-Hani", "yue", "cmn")


def offered(installed) -> list[Language]:
    """The languages that can be chosen, of tesseract's codes that are installed."""
    return [language for language in LANGUAGES if language.code in installed]


def default(records: list[str], installed) -> list[str]:
    """tesseract's codes for the languages of records (BCP 47); Vietnamese and English where it reads none of them."""
    asked = [code for code in map(_of, records) if code in installed]
    return list(dict.fromkeys(asked)) or [code for code in ("vie", "eng") if code in installed][:2]


def _of(code: str) -> str:
    if code in HAN or code.startswith("zh"):
        return "chi_tra"
    first = code.split("-")[0]
    return next((language.code for language in LANGUAGES if language.bcp47 == first), "")


def of_line(han: bool, codes: list[str]) -> str:
    """The BCP 47 code of a line that was read in these languages; "" where several are possible."""
    chosen = {KNOWN[code].bcp47 for code in codes if code in KNOWN}
    fits = {code for code in chosen if (code in HAN) == han}
    return fits.pop() if len(fits) == 1 else ""
