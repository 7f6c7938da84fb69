"""Tells English from Vietnamese, word by word. Pure.

A Vietnamese word is one syllable of a narrow build (initial, rhyme, tone), so an English word is almost never one:
"save" has two syllables, "not" ends in a stop without a tone. What is no Vietnamese syllable, no name and no term
that Vietnamese takes over as it is, is English.
"""

import re
import unicodedata

INITIALS = (
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
# Rhymes without tone marks; those written with ă â ê ô ơ ư are no English letters and need no check.
OPEN = set("a ai ao au ay e eo i ia iu o oa oai oao oay oe oeo oi u ua ui uy uya y uay ue ya".split())
NASAL = set(
    "am an ang anh em en eng im in inh om on ong oam oan oang oanh oen um un ung uan uang uanh uynh uyn ynh yn".split()
)
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}

# English words that are built like a Vietnamese syllable: English wherever they stand …
ALWAYS = {"the", "them", "him", "she"}
# … and English where they are all that a button or cell says.
ALONE = {"can", "day", "do", "go", "in", "may", "men", "min", "no", "on", "pin", "to"}

# Names, units, codes and terms that stand in Vietnamese text as they are.
NAMES = set(
    "wagtail django python excel libreoffice google authenticator unicode windows elasticsearch sqlite postgresql "
    "openseadragon github chrome firefox rightsstatements creative commons dublin core schema bagit "
    "microsoft authy ios android javascript openapi "
    "paracel paracels pracel spratly spratlys greenwich paris ferro el hierro tenerife amsterdam cádiz "
    "latin english khmer filipino "
    "affine thin plate spline deflate lzw packbits "
    "shift ctrl alt tab enter esc cmd".split()
)
TERMS = set(
    "iiif tiff tif jpeg jpg png gif webp avif heic svg csv xlsx json xml html pdf txt toml zip tcvn vni viscii "
    "url uri qr id ip ipv sha utc gmt totp otp edtf iso bcp marc marcxml isbd isad oai pmh rdf jsonld ld wgs "
    "email web website internet video audio slug ok mb gb kb px mm km bit rgb cmyk icc dpi seo tls smtp ascii utf bom "
    "nfd nfc hani latn hant lzh zh fr la vi en atlas recto verso eu cc by sa nc byte tr nv cp cookie abc "
    "ct nq tb ttr iii".split()
)
ALLOWED = NAMES | TERMS

# Said as they are: what a visitor may type, without marks too; a standard's and a key's name; the English home page.
PHRASES = ("bai cat vang", "156-SC", "Web Annotations", "Delete: xoá", "Hoàng Sa and Trường Sa of Việt Nam")

# What isn't prose: addresses, files, digests, what holds a digit or an underscore and no space.
NO_PROSE = re.compile(
    r"\w+://\S+|(?<!\S)/\S*|\S+@\S+|%\(\w+\)[sd]|\S+\.(?:png|tiff?|jpe?g|xlsx|csv|toml|pdf|json|xml|zip|svg|css|js)\b"
    r"|\w*\d\w*|\.\w+|\bexhibits\.\w+"
)
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*(?:_[^\W\d_]+)*")


def is_syllable(word: str) -> bool:
    """Whether a word could be Vietnamese. In: a word of any case, with or without marks."""
    text = unicodedata.normalize("NFD", word.lower())
    toned = any(char in TONES for char in text)
    text = unicodedata.normalize("NFC", "".join(char for char in text if char not in TONES))
    if not text.isascii():
        return True  # ă â đ ê ô ơ ư, and letters of other scripts
    return any(
        _is_rhyme(text[len(initial) :], toned) or (initial == "gi" and text == "gi")
        for initial in INITIALS
        if text.startswith(initial) and _fits(initial, text[len(initial) :])
    )


def _is_rhyme(rhyme: str, toned: bool) -> bool:
    if rhyme in OPEN or rhyme in NASAL:
        return True
    # A rhyme that ends in a stop has a tone mark.
    stem, last = (rhyme[:-2], "ch") if rhyme.endswith("ch") else (rhyme[:-1], rhyme[-1:])
    return toned and last in {"c", "p", "t", "ch"} and stem in {"a", "e", "i", "o", "u", "oa", "oe", "ua", "uy", "y"}


def _fits(initial: str, rhyme: str) -> bool:
    """Spelling: k, gh, ngh before e i y; c, g, ng elsewhere."""
    front = rhyme[:1] in {"e", "i", "y"}
    if initial in {"k", "gh", "ngh"}:
        return front
    return not (front and initial in {"c", "ng"})


def english(text: str) -> list[str]:
    """The English words in a text that people see; [] when it is Vietnamese."""
    text = unicodedata.normalize("NFC", text)
    for phrase in PHRASES:
        text = text.replace(phrase, " ")
    words = [part for word in WORD.findall(NO_PROSE.sub(" ", text)) for part in _parts(word)]
    if len(words) == 1 and words[0].lower() in ALONE and words[0].isascii():
        return words
    return [word for word in words if _is_english(word)]


def _parts(word: str) -> list[str]:
    return [word] if "_" in word else re.split(r"[’']", word)


def _is_english(word: str) -> bool:
    if "_" in word:
        return word.isascii()  # a name out of the program: title_vi
    plain = word.lower()
    if len(plain) < 2 or plain in ALLOWED:
        return False
    return plain in ALWAYS or not is_syllable(plain)
