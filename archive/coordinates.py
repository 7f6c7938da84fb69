"""Degrees as people and catalogues write them: 108°12'30" Đ, 16°30′B, 108.2, E1081230, W0020000. Pure.

Letters are Vietnamese (B Bắc, N Nam, Đ Đông, T Tây) or English (N, S, E, W). On a latitude N alone is Nam in one and
North in the other: it is taken for what the rest says, and refused where nothing does.
MARC 034 $d-$g: hdddmmss or hddd.dddddd (https://www.loc.gov/marc/bibliographic/bd034.html); MARC 255 $c for boxes.
"""

import re
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_noop as noop

from archive.folding import fold
from media.sentences import Sentence

UNREADABLE = noop("Chưa đọc được toạ độ “%(text)s”. Ví dụ: 108°12′30″Đ; 108,2083; 16 30 B; E1081230.")
WHICH_N = noop("“%(text)s”: chữ N là Nam hay là North? Xin ghi Bắc, Nam, North hoặc S. Ví dụ: 16°30′ Bắc; 16°30′ Nam.")
WRONG_AXIS = {
    "lat": noop("“%(text)s” không phải là vĩ độ. Ví dụ: 16°30′B; 16°30′ Nam."),
    "lon": noop("“%(text)s” không phải là kinh độ. Ví dụ: 108°12′30″Đ; 20°T."),
}
OUT_OF_RANGE = noop("“%(text)s” vượt quá %(limit)s độ. Ví dụ: vĩ độ 16°30′B; kinh độ 108°12′30″Đ.")
SIXTY = noop("Trong “%(text)s”, phút và giây phải nhỏ hơn 60. Ví dụ: 108°12′30″Đ.")
UNREADABLE_BOX = noop(
    "Chưa đọc được khung toạ độ “%(text)s”. Ghi kinh độ tây và đông rồi vĩ độ nam và bắc. Ví dụ: 102-116 Đ, 8-24 B."
)
UPSIDE_DOWN = noop("Khung toạ độ “%(text)s” có vĩ độ nam lớn hơn vĩ độ bắc. Ví dụ: 102-116 Đ, 8-24 B.")

LIMITS = {"lat": 90, "lon": 180}
# folded word → (axis, sign); N is not here
WORDS = {
    "bac": ("lat", 1), "nam": ("lat", -1), "dong": ("lon", 1), "tay": ("lon", -1),
    "north": ("lat", 1), "south": ("lat", -1), "east": ("lon", 1), "west": ("lon", -1),
    "nord": ("lat", 1), "sud": ("lat", -1), "est": ("lon", 1), "ouest": ("lon", -1),
    "b": ("lat", 1), "s": ("lat", -1), "e": ("lon", 1), "w": ("lon", -1), "t": ("lon", -1), "đ": ("lon", 1),
}  # fmt: skip
SIDE = r"(?:vi (?:do|tuyen)|kinh (?:do|tuyen)|lat(?:itude)?\.?|lon(?:g|gitude)?\.?)?:? ?"
NAME = r"bac|nam|dong|tay|north|south|east|west|nord|sud|est|ouest|[bnsewtđd]"
DEGREE, MINUTE, SECOND = r"(?:°|o|d|do|deg)", r"(?:'|m|phut|min)", r"(?:\"|s|giay|sec)"
NUMBER = r"\d+(?:[.,]\d+)?"
MARKED = (
    rf"(?P<d>{NUMBER}) ?{DEGREE}(?: ?(?P<m>{NUMBER}) ?{MINUTE}(?: ?(?P<s>{NUMBER}) ?{SECOND}?)?| ?(?P<n>{NUMBER}))?"
)
SPACED = rf"(?P<d2>\d{{1,3}})[ :](?P<m2>{NUMBER})(?:[ :](?P<s2>{NUMBER}))?"
MARC = r"(?P<h>[nsew+-])(?P<d3>\d{3})(?P<m3>\d\d)(?P<s3>\d\d(?:\.\d+)?)"
PLAIN = rf"(?P<d1>{NUMBER})"
ONE = re.compile(
    rf"{SIDE}(?P<sign>[+-]?) ?(?:(?P<before>{NAME})\.? ?)?(?:{MARKED}|{SPACED}|{PLAIN})(?: ?(?P<after>{NAME})\.?)?"
)


ALONE = r"(?<![^\W\d_])(?:%s)(?![^\W\d_])"  # no letter before or after
VIETNAMESE = re.compile(ALONE % "[đtb]|bac|nam|dong|tay|do|phut|giay|(?:vi|kinh) (?:do|tuyen)")
ENGLISH = re.compile(ALONE % "[ew]|north|south|east|west|deg|min|sec|lat|long?|latitude|longitude")


class CoordinateError(Sentence, ValueError):
    """A coordinate that can't be read; str() is a sentence with an example, in the active language."""


def parse(text: str, axis: str, lang: str = "") -> float:
    """Degrees, west and south negative. Raises CoordinateError.

    axis: "lat" or "lon"; lang: what N alone means on a latitude, Nam ("vi") or North ("en"); else it is asked.
    """
    plain = _plain(text)
    found = re.fullmatch(MARC, plain)
    if found:
        sign = _sign(found["h"], found["h"], plain, text, axis, lang)
        return _checked(sign, [found["d3"], found["m3"], found["s3"]], text, axis)
    found = ONE.fullmatch(plain)
    if not found or (found["before"] and found["after"]) or (found["sign"] and (found["before"] or found["after"])):
        raise CoordinateError(UNREADABLE, text=text[:80])
    name = found["before"] or found["after"] or found["sign"]
    sign = _sign(name, found["before"] or "", plain, text, axis, lang)
    if found["d1"]:
        return _checked(sign, [found["d1"]], text, axis)
    parts = [found["d"] or found["d2"], found["m"] or found["m2"] or found["n"], found["s"] or found["s2"]]
    return _checked(sign, [part for part in parts if part], text, axis)


def language_of(texts) -> str:
    """In which language the edges of one box were written, for a lone N among them: "vi", "en" or "".

    ["102°Đ", "8 N"] → "vi"; ["102 E", "8 N"] → "en"; "" where nothing tells, or both are there. S is no sign: it is
    South in either, and stands for seconds too.
    """
    plain = [_plain(text) for text in texts]
    vi, en = (any(words.search(text) for text in plain) for words in (VIETNAMESE, ENGLISH))
    return "" if vi == en else "vi" if vi else "en"


def _plain(text: str) -> str:
    """Folded, but đ stays apart from d; all signs of minutes and seconds as ' and ", of degrees as °."""
    text = re.sub("[″”“„〃]|''|′′|’’", '"', text)
    text = re.sub("[′’‘ʹ´`]", "'", text)
    text = re.sub("[º˚]", "°", text)
    parts = re.split(r"([Đđ](?![^\W\d_]))", text)
    return " ".join(" ".join("đ" if part in ("Đ", "đ") else fold(part) for part in parts).split())


def _sign(name: str, before: str, plain: str, text: str, axis: str, lang: str) -> int:
    if name in ("", "+"):
        return 1
    if name == "-":
        return -1
    if name == "n":
        found = "lat", _of_n(bool(before), plain, text, axis, lang)
    else:
        found = WORDS["đ" if name == "d" else name]
    if found[0] != axis:
        raise CoordinateError(WRONG_AXIS[axis], text=text[:80])
    return found[1]


def _of_n(before: bool, plain: str, text: str, axis: str, lang: str) -> int:
    """N is Nam where the degrees are written in Vietnamese, North where it stands first as in MARC."""
    if re.search(r"\b(?:do|phut|giay|vi do|vi tuyen)\b", plain):
        return -1
    if before or re.search(r"\b(?:deg|min|sec|lat|latitude)\b", plain):
        return 1
    if lang or axis == "lon":  # on a longitude it is wrong either way
        return -1 if lang == "vi" else 1
    raise CoordinateError(WHICH_N, text=text[:80])


def _checked(sign: int, parts: list[str], text: str, axis: str) -> float:
    numbers = [float(part.replace(",", ".")) for part in parts]
    if any(number >= 60 for number in numbers[1:]):
        raise CoordinateError(SIXTY, text=text[:80])
    if len(numbers) > 1 and any(number % 1 for number in numbers[:-1]):
        raise CoordinateError(UNREADABLE, text=text[:80])
    value = sum(number / 60**place for place, number in enumerate(numbers))
    if value > LIMITS[axis]:
        raise CoordinateError(OUT_OF_RANGE, text=text[:80], limit=str(LIMITS[axis]))
    return sign * value if value else 0.0


# --- boxes ----------------------------------------------------------------------------------------


def parse_box(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north. west > east: the box crosses the antimeridian. Raises CoordinateError."""
    plain = text.strip().strip("()").replace("--", "–")
    if re.fullmatch(r"-?[\d.]+(?:[,;\s]+-?[\d.]+){3}", plain):
        plain = ", ".join(re.split(r"[,;\s]+", plain))
    halves = re.split(r"[/;]|, (?=\S)", plain)
    if len(halves) == 4:  # in the order w, s, e, n
        axes = ("lon", "lat", "lon", "lat")
        lang = language_of(halves)
        west, south, east, north = (parse(half, axis, lang) for half, axis in zip(halves, axes, strict=True))
        return _box(west, south, east, north, text)
    pairs = [_ends(half) for half in halves]
    if len(pairs) != 2 or None in pairs:
        raise CoordinateError(UNREADABLE_BOX, text=text[:80])
    if _axis(pairs[0]) == "lat" or _axis(pairs[1]) == "lon":
        pairs.reverse()
    lang = "vi" if re.search(r"[ĐđTtBb]\b|Đông|Tây|Bắc", text) else "en"
    west, east = (parse(end, "lon", lang) for end in pairs[0])
    south, north = (parse(end, "lat", lang) for end in pairs[1])
    if re.match(r"\W*[NS]\W*\d", pairs[1][0], re.I) and south > north:  # MARC 255 names the north first
        south, north = north, south
    return _box(west, south, east, north, text)


def _box(west: float, south: float, east: float, north: float, text: str) -> tuple[float, float, float, float]:
    if south > north:
        raise CoordinateError(UPSIDE_DOWN, text=text[:80])
    return west, south, east, north


def _ends(half: str) -> tuple[str, str] | None:
    """ "102-116 Đ" → ("102 đ", "116 Đ"): a letter that stands once is said of both."""
    found = re.fullmatch(r"(\S.*?) ?(?:–|—|-| đến | to ) ?(\S.*)", half.strip())
    if not found:
        return None
    first, last = found[1], found[2]
    letter = re.search(rf" ?(?:{NAME})\.?$", _plain(last))
    if letter and not re.search(rf"(?:^(?:{NAME}))|(?:{NAME})\.?$", _plain(first)):
        first = f"{first} {letter[0].strip()}"
    return first, last


def _axis(pair: tuple[str, str]) -> str:
    found = re.search(rf"^{SIDE}({NAME})(?![a-z])|({NAME})\.?$", _plain(pair[1]))
    name = found and (found[1] or found[2])
    return "" if not name else "lat" if name == "n" else WORDS["đ" if name == "d" else name][0]


# --- writing --------------------------------------------------------------------------------------

# Nam in full: N is North to many readers
LETTERS = {("lat", "vi"): ("B", " Nam"), ("lon", "vi"): "ĐT", ("lat", "en"): "NS", ("lon", "en"): "EW"}


def _split(value: float) -> tuple[int, int, int]:
    minutes, seconds = divmod(round(abs(value) * 3600), 60)
    return *divmod(minutes, 60), seconds


def dms(value: float, axis: str, lang: str) -> str:
    """108.2083 → "108°12′30″Đ" (lang "vi") or "108°12′30″E"; whole degrees and minutes stay short: "16°30′B"."""
    degrees, minutes, seconds = _split(value)
    text = f"{degrees}°"
    if minutes or seconds:
        text += f"{minutes:02d}′"
    if seconds:
        text += f"{seconds:02d}″"
    return text + LETTERS[axis, lang][value < 0 and any((degrees, minutes, seconds))]


def written(value: float, axis: str) -> str:
    """What a form shows for a value, in the active language; `parse` gives the very same value back."""
    text = dms(value, axis, "en" if (get_language() or "").startswith("en") else "vi")
    text = re.sub("N$", " North", text)
    return text if parse(text, axis) == value else format(Decimal(repr(value)), "f")


def marc034(value: float, axis: str) -> str:
    """108.2083 → "E1081230" (MARC 034 $d to $g, hdddmmss)."""
    degrees, minutes, seconds = _split(value)
    letter = LETTERS[axis, "en"][value < 0 and any((degrees, minutes, seconds))]
    return f"{letter}{degrees:03d}{minutes:02d}{seconds:02d}"
