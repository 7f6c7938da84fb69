"""Vietnamese text of before Unicode: recognised by what it reads as, and converted. Pure.

TCVN3 (ABC), VNI and VISCII text that was opened as Latin letters ("B¶n ®å", "Baûn ñoà"), windows-1258 opened as
windows-1252, and UTF-8 that was read twice ("Báº£n Ä‘á»“"). A text counts as legacy when words that no language
writes become Vietnamese syllables; foreign words ("Loïc", "août", "Søren", "n°") must not.

Sources: TCVN 5712:1993 (its VN3 subset is TCVN3), RFC 1456 (VISCII), VNI Software's table of VNI-Windows; the first
two agree with GNU iconv. There is no library of these that is kept and knows all three.
"""

import re
import unicodedata
from dataclasses import dataclass

from .syllables import COMMON, is_syllable

TCVN3, VNI, VISCII, CP1258, TWICE = "tcvn3", "vni", "viscii", "cp1258", "utf8"
NAMES = {TCVN3: "TCVN3 (ABC)", VNI: "VNI", VISCII: "VISCII", CP1258: "Windows-1258", TWICE: "UTF-8 ×2"}

# What windows-1252 makes of each byte; the five bytes that it leaves out stay control characters.
WINDOWS = "".join(bytes([byte]).decode("cp1252", "replace") for byte in range(256))
WINDOWS = "".join(chr(byte) if WINDOWS[byte] == "\ufffd" else WINDOWS[byte] for byte in range(256))
BYTE_OF = {character: byte for byte, character in enumerate(WINDOWS)}
FROM_LATIN1 = {byte: WINDOWS[byte] for byte in range(0x80, 0xA0)}

TCVN3_TABLE = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
VISCII_UPPER = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
# Six capitals stand where control characters do.
VISCII_CONTROLS = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
VISCII_TABLE = {WINDOWS[0x80 + place]: letter for place, letter in enumerate(VISCII_UPPER)}

TABLES = {TCVN3: TCVN3_TABLE, VISCII: VISCII_TABLE}
# By themselves these are what they look like ("36 × 24", "180°"), for no such syllable stands alone.
SIGNS = {TCVN3: {"×", "·"}, VISCII: {"×", "°"}}

GRAVE, ACUTE, TILDE, HOOK, DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"
VNI_TONES = {"ù": ACUTE, "ø": GRAVE, "û": HOOK, "õ": TILDE, "ï": DOT}
VNI_CIRCUMFLEX = {"â": "", "á": ACUTE, "à": GRAVE, "å": HOOK, "ã": TILDE, "ä": DOT}
VNI_BREVE = {"ê": "", "é": ACUTE, "è": GRAVE, "ú": HOOK, "ü": TILDE, "ë": DOT}
VNI_ALONE = {"ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
# A mark is a capital only after a capital.
VNI_PAIRS = "(?:[aeouyôö][ùøûõï]|[aeo][âáàåãä]|a[êéèúüë]|[AEOUYÔÖ][ùøûõïÙØÛÕÏ]|[AEO][âáàåãäÂÁÀÅÃÄ]|A[êéèúüëÊÉÈÚÜË])"
VNI_PIECE = re.compile(VNI_PAIRS + "|[ôöæóòîñÔÖÆÓÒÎÑ]")

# Letters of Vietnamese that windows-1252 hasn't: where they stand, the text (or a part of it) is Unicode.
UNICODE_ONLY = set("ăđĩũơưĂĐĨŨƠƯ") | {chr(code) for code in range(0x1EA0, 0x1EFA)}
# What stands in no word of a text in any language, or nearly: signs, and capitals after small letters.
CAPITAL_INSIDE = "[a-z][À-ÖØ-Þ]|[A-Z][À-ÖØ-Þ][a-z]"
STRONG = {
    TCVN3: re.compile(f"[¡-©«-®µ-¹»-¾×÷]|[A-Za-z]ª|{CAPITAL_INSIDE}"),
    VNI: re.compile("[aeouy][øûõ]|[aeo][âàåãä]|[ôö][ùøûõï]|[aeou]ï(?:n[gh]|i)", re.I),
    VISCII: re.compile(f"[\x80-\x9f¡-¹»-¿ðþÐÞ†‡‰‹›€ƒ„…ˆ˜™]|[A-Za-z]ª|{CAPITAL_INSIDE}"),
    CP1258: re.compile("[AĂÂEÊIOÔƠUƯYaăâeêioôơuưy][ìÌÞ]|[ðÐ]|[a-z][ÌÒÞÕÝÃ]"),
}
WORDS = {name: re.compile("[^\\W\\d_]+") for name in STRONG}
WORDS[TCVN3] = re.compile(f"(?:[^\\W\\d_]|[{re.escape(''.join(TCVN3_TABLE))}])+")
WORDS[VISCII] = re.compile(f"(?:[^\\W\\d_]|[{re.escape(''.join(VISCII_TABLE))}])+")
WORD = re.compile("[^\\W\\d_]+")
SIGN_IN_WORD = re.compile(f"[A-Za-z][\x80-¿×÷†‡‰‹›€ƒ„…ˆ˜™]|[\x80-¿×÷†‡‰‹›€ƒ„…ˆ˜™][A-Za-z]|{CAPITAL_INSIDE}")
FLANKED = re.compile(f"[A-Za-z][¡-®µ-¹»-¾][A-Za-z]|{CAPITAL_INSIDE}")
# Scripts that a text read twice may have been in; others come out of two letters by chance.
PLAUSIBLE = re.compile(
    "[\x00-\u036f\u1e00-\u206f\u20a0-\u22ff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]*"
)


# --- converting -----------------------------------------------------------------------------------------


def convert(text: str, name: str, capitals: bool = False) -> str:
    """`text` in Unicode, NFC. name: one of NAMES; capitals: its font shows capitals only (.VnTimeH).

    In a text that is Unicode in part, words that are Vietnamese as they stand stay.
    """
    text = unicodedata.normalize("NFC", text)
    if name == TWICE:
        return unicodedata.normalize("NFC", _read_once(text) or text)
    if UNICODE_ONLY.isdisjoint(text):
        result = _converted(text, name)
    else:
        result = WORDS[name].sub(lambda word: _unless_unicode(word[0], name), text)
    if capitals:
        return result.upper()
    return _raised(result, text) if name == TCVN3 else result


def _unless_unicode(word: str, name: str) -> str:
    if word.isascii() or is_syllable(word) or not UNICODE_ONLY.isdisjoint(word):
        return word
    found = _converted(word, name)
    return found if is_syllable(found) else word


def _converted(text: str, name: str) -> str:
    if name in TABLES:
        return WORDS[name].sub(lambda word: word[0] if word[0] in SIGNS[name] else _by_table(word[0], name), text)
    if name == VNI:
        return unicodedata.normalize("NFC", VNI_PIECE.sub(_vni_letter, text))
    pieces = (bytes([BYTE_OF[c]]).decode("cp1258", "ignore") if c in BYTE_OF else c for c in text)
    return unicodedata.normalize("NFC", "".join(pieces))


def _by_table(word: str, name: str) -> str:
    return "".join(TABLES[name].get(character, character) for character in word)


def _vni_letter(found: re.Match) -> str:
    first, mark = found[0][0], found[0][1:].lower()
    letter = VNI_ALONE.get(first.lower(), first)
    letter = letter.upper() if first.isupper() else letter
    if mark in VNI_TONES:
        return letter + VNI_TONES[mark]
    if mark in VNI_CIRCUMFLEX:
        return letter + CIRCUMFLEX + VNI_CIRCUMFLEX[mark]
    return letter + (BREVE + VNI_BREVE[mark] if mark else "")


def _raised(result: str, text: str) -> str:
    """TCVN3 has no capitals with tones: in words whose plain letters are capitals, all are meant so."""
    plain = [c for c in text if c.isascii() and c.isalpha()]
    if len(plain) > 3 and all(c.isupper() for c in plain):
        return result.upper()

    def word(found: re.Match) -> str:
        own = [c for c in found[0] if c.isascii()]
        return found[0].upper() if len(own) > 1 and all(c.isupper() for c in own) else found[0]

    return re.sub("[^\\W\\d_]+", word, result)


def _read_once(text: str) -> str | None:
    """What UTF-8 that was read as windows-1252 said, or None when it isn't that."""
    out, found = "", False
    for piece in re.split("([^\x00-\x7f]+)", text):
        if piece.isascii():
            out += piece
            continue
        try:
            out += bytes(BYTE_OF[c] for c in piece).decode("utf-8")
            found = True
        except (KeyError, UnicodeDecodeError):
            return None
    return out if found and PLAUSIBLE.fullmatch(out) else None


# --- recognising ------------------------------------------------------------------------------------------


@dataclass
class Evidence:
    """Distinct words: gains become syllables when converted (common: those often met), strong ones among them hold what
    no other text does;
    kept are syllables already (same: after converting too); bad are neither; plain and foreign have no mark, and are
    Vietnamese syllables or not. flanked: a word leaves no doubt by itself."""

    gains: int = 0
    strong: int = 0
    common: int = 0
    kept: int = 0
    same: int = 0
    bad: int = 0
    plain: int = 0
    foreign: int = 0
    flanked: bool = False

    @property
    def worth(self) -> int:
        return self.gains + self.strong + self.common * 3 - self.bad * 2


def recognise(text: str, hint: str | None = None) -> str | None:
    """The name of the legacy encoding that `text` was written in, or None.

    hint: what its font or its column says; then words that could be either count for it.
    """
    if text.isascii():
        return None
    text = unicodedata.normalize("NFC", text)
    mixed = not UNICODE_ONLY.isdisjoint(text)
    if mixed and not _is_suspect(text):
        return None
    if not mixed and _is_read_twice(text):
        return TWICE
    found = {name: _weigh(text, name, any_word=hint == name) for name in STRONG}
    # The likeliest of all must convince; one that is less likely may not step in.
    name = max(found, key=lambda name: (found[name].worth, hint == name))
    if found[name].worth > 0 and _convinces(found[name], name, mixed, hint):
        return name
    return hint if hint in STRONG and not mixed and _hinted(text, hint) else None


def _is_suspect(text: str) -> bool:
    """A quick look at a text that is Unicode, as nearly all are: whether a part of it may not be."""
    return bool(SIGN_IN_WORD.search(text)) or any(
        not word.isascii() and UNICODE_ONLY.isdisjoint(word) and not is_syllable(word) for word in WORD.findall(text)
    )


def _is_read_twice(text: str) -> bool:
    read = _read_once(text)
    return read is not None and len(read) < len(text)


def _weigh(text: str, name: str, any_word: bool) -> Evidence:
    evidence = Evidence()
    for word in dict.fromkeys(WORDS[name].findall(text)):
        if word.isascii():
            if is_syllable(word):
                evidence.plain += 1
            else:
                evidence.foreign += len(word) > 1
        elif UNICODE_ONLY.isdisjoint(word) and (any_word or _is_word(word, name)):
            _weigh_marked(word, name, evidence)
    return evidence


def _is_word(word: str, name: str) -> bool:
    """A sign by itself ("°", "µ", "«") is none."""
    return any(c.isascii() for c in word) or (len(word) > 1 and bool(STRONG[name].search(word)))


def _weigh_marked(word: str, name: str, evidence: Evidence) -> None:
    becomes = _converted(word, name)
    valid = is_syllable(becomes)
    if is_syllable(word) and not re.search(CAPITAL_INSIDE, word):
        evidence.kept += 1
        same = valid and (becomes != word or _may_stay(word, name))
        evidence.same += same
        evidence.common += same and becomes != word and becomes.lower() in COMMON
    elif valid and becomes != word:
        evidence.gains += 1
        evidence.common += becomes.lower() in COMMON
        if STRONG[name].search(word):
            evidence.strong += 1
        evidence.flanked |= name == TCVN3 and bool(FLANKED.search(word)) or len(word) > 3 and name == VNI
    else:
        evidence.bad += 1


def _may_stay(word: str, name: str) -> bool:
    """Whether letters that don't change when converted belong to the encoding."""
    marked = {c for c in word if not c.isascii()}
    return marked <= set("íìÍÌ") if name == VNI else all(TABLES.get(name, {}).get(c, c) == c for c in marked)


def _convinces(found: Evidence, name: str, mixed: bool, hint: str | None) -> bool:
    if hint == name and not mixed:
        return found.gains > 0 and found.gains + found.same >= found.bad + found.kept - found.same
    if mixed:
        return found.strong > 1 and found.bad == 0
    if found.bad * 3 > found.gains or found.kept - found.same > found.gains:
        return False
    if found.strong > 1:
        return True
    if found.bad or found.kept != found.same:
        return False
    if found.strong == 1 and (found.gains > max(2, found.foreign) or (found.flanked and name == TCVN3)):
        return True
    if found.foreign:
        return False
    beside = found.plain + found.same
    if found.strong == 1 and (found.flanked or (beside and name in (TCVN3, VNI))):
        return True
    return found.gains > 1 or (found.gains == 1 and found.common > 0 and beside > 0)


def _hinted(text: str, name: str) -> bool:
    """Words that are Vietnamese either way, in a column or font that is legacy throughout."""
    marked = [word for word in WORDS[name].findall(text) if not word.isascii()]
    return bool(marked) and all(is_syllable(_converted(word, name)) for word in marked)


def font_says(font: str | None) -> tuple[str | None, bool]:
    """(encoding, whether it shows capitals only) of a font's name: ".VnTimeH" → ("tcvn3", True), "VNI-Times"."""
    name = (font or "").strip().lower()
    if name.startswith(".vn"):
        return TCVN3, name.endswith("h")
    if name.startswith("vni"):
        return VNI, False
    return None, False
