"""Dates of the lunar calendar: years of an era, names of the sixty-year cycle, lunar months and days. Pure.

A date is read piece by piece in whatever order it was written: "ngày 15 tháng 4 năm Giáp Ngọ, Minh Mạng thứ 15 (1834)",
"Minh Mạng thập cửu niên", 明命二十年己亥二月初三日. Days and months are kept in words; a year is what is counted.
"""

import re
from dataclasses import dataclass, field

from archive import reigns, sexagenary, solar_dates
from archive.folding import nfc

ERA = rf"(?P<era>{reigns.pattern()})"
MONTH = r"(?P<month>\d{1,2}|gieng|mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi(?: mot| hai)?|chap)"
HAN_NUMBER = r"[〇零一二三四五六七八九十廿卄卅卌兩两元]{1,3}"
SPOKEN = rf"(?:{reigns.SPOKEN})"
NUMBER = (
    rf"(?:,? ?(?:nam )?(?:thu )?(?P<number>\d{{1,2}}|{HAN_NUMBER}"
    rf"|(?<=thu ){SPOKEN}|{SPOKEN}(?= nien)|{reigns.TENS_SPOKEN})(?!\d| ?月)"
    r" ?(?:年|nien(?! gian))?|,? (?P<early>nguyen nien|nam dau))"
)
ORDER = r"(?P<number>\d{1,2})(?:st|nd|rd|th)"
HOUSES = "le|tay son|nguyen|mac|minh|thanh"
LED = rf"(?:(?:{HOUSES}|doi|nha|trieu|thoi|nien hieu|duoi trieu|vua|hoang de|reign of|the|emperor) )*"
AFTER = r"(?: nien gian| ?年間| era| reign| period)?"
DAYS = r"(?P<day>\d{1,2}|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)"
DAY = rf"(?:(?:ngay )?(?P<few>mong|mung) {DAYS}|(?:ngay )?(?P<day1>\d{{1,2}}))"
DAY_AFTER = rf"(?:ngay (?P<few>mong |mung )?|(?P<few1>mong |mung )){DAYS}"
LEAP = r"(?P<leap> nhuan| ?\(nhuan\))?"
THIRD = r"(?P<third>thuong|trung|ha)"
MARK = r"(?:\(?(?P<lunar>am lich|al)\)?)"
SPRING, SUMMER, AUTUMN, WINTER = (
    ("mùa xuân", "spring"),
    ("mùa hạ", "summer"),
    ("mùa thu", "autumn"),
    ("mùa đông", "winter"),
)
SEASONS = {
    "xuan": SPRING, "ha": SUMMER, "thu": AUTUMN, "dong": WINTER, "春": SPRING, "夏": SUMMER, "秋": AUTUMN, "冬": WINTER,
}  # fmt: skip
PIECES = [
    ("cycle", rf"(?:(?:nam|the) )?(?P<cycle>{sexagenary.PATTERN})(?: nien(?! hieu| gian)| year| ?年)?(?![a-z])"),
    ("space", r"[ ,;()\[\]]+|(?:tuc(?: la)?|nham(?: vao)?|ung voi|i\.e\.|duong lich|dl|year)(?![a-z0-9])"),
    ("space", r"皇朝|皇越|大南|大越|越南|龍飛|歲次|歲在|歲|[孟仲季](?=[春夏秋冬])|吉日|吉旦|穀旦|[上中下][浣旬]"),
    ("lunar", rf"{MARK}(?![a-z])"),
    ("reign", rf"{ORDER} year of {LED}{ERA}{AFTER}(?![a-z])"),
    ("reign", rf"(?:nam |ngay )?{LED}{ERA}{NUMBER}(?![a-z])"),
    ("reign", rf"nam thu (?P<number>\d{{1,2}}|{SPOKEN}),? {LED}{ERA}(?![a-z])"),
    ("era", rf"(?:nam )?{LED}{ERA}{AFTER}(?![a-z])"),
    ("rest", r"(?:ngay )?\d{1,2}(?: thang |[/.-])\d{1,2}(?: nam |[/.-])\d{4}(?!\d)|\d{4}-\d\d-\d\d(?!\d)"),
    ("rest", r"(?:nam )?\d{4}(?!\d)|nam \d{3}(?!\d)"),
    (
        "month",
        rf"thang (?P<leap1>nhuan )?{MONTH}{LEAP},? (?:ngay (?P<few>mong |mung )?|(?P<few1>mong |mung )){DAYS}(?!\d)",
    ),
    ("month", rf"{DAY}(?: ?/ ?| ?- ?|,? thang (?P<leap1>nhuan )?){MONTH}{LEAP}(?![a-z0-9])"),
    ("month", rf"(?:ngay )?(?P<full>ram) thang {MONTH}{LEAP}(?![a-z0-9])"),
    (
        "month",
        rf"(?:(?P<third>thuong|trung|ha) tuan )?thang (?P<leap1>nhuan )?{MONTH}{LEAP}(?: du| thieu)?(?![a-z0-9])",
    ),
    ("season", rf"(?:mua )?(?P<season>xuan|ha|thu|dong)(?=,? (?:nam )?(?:{sexagenary.PATTERN}|{LED}{ERA}))"),
    ("month", rf"(?P<leap>閏)?(?P<han>{HAN_NUMBER}|[正臘]) ?月(?: ?(?P<handay>初?{HAN_NUMBER}|望|朔) ?日)?"),
    ("season", r"(?P<season>[春夏秋冬])"),
]
PIECES = [(name, re.compile(expression)) for name, expression in PIECES]
WORDS = solar_dates.WORDS | {"gieng": 1, "chap": 12}


@dataclass
class Found:
    """What a lunar date says. month: 1 to 12 or None; era: its folded name; number: the year of the era."""

    day: int | None = None
    month: int | None = None
    words: str = ""  # the month as a word ("giêng"), where it was one
    leap: bool = False
    few: str = ""  # "mồng", "mùng" or "rằm" as written
    third: str = ""
    season: tuple[str, str] | None = None
    era: str = ""
    number: int | None = None
    cycle: str = ""
    rest: str = ""  # a date of our calendar that stands beside it
    lunar: bool = False
    han: str = ""
    seen: list = field(default_factory=list)


def find(plain: str, text: str) -> Found | None:
    """The pieces of a lunar date in folded text, or None when it is none, or has other words too."""
    found, at = Found(), 0
    while at < len(plain):
        piece = _next(plain, at, found)
        if piece is None:
            return None
        name, match = piece
        if name != "space":
            found.seen.append(name)
            FILL[name](found, {key: value for key, value in match.groupdict().items() if value}, match[0])
        at = match.end()
    if not (found.era or found.cycle or found.lunar):
        return None
    if "lunar" in found.seen and found.month is None:
        _take_month(found)
    if re.search(f"{reigns.HAN}{{2}}", text):
        found.han = "".join(re.findall(rf"{reigns.HAN}+|(?<=[\u3400-\u9fff])\d+(?=[年月日])", nfc(text)))
    return found


def _take_month(found: Found) -> None:
    """ "ngày 15 tháng 8 năm 1838 âm lịch": what looks like a day of our calendar is a lunar one."""
    match = re.fullmatch(r"(?:ngay )?(\d{1,2})(?: thang |[/.-])(\d{1,2})(?: nam |[/.-])(\d{4})", found.rest)
    if match:
        found.day, found.month, found.rest = int(match[1]), int(match[2]), match[3]


def with_other_words(plain: str) -> tuple[Found | None, str]:
    """A year name and what else is said ("at mui, the ky 19" → "the ky 19"), when there is one."""
    match = re.search(rf"(?<![a-z])(?:nam )?(?P<cycle>{sexagenary.PATTERN})(?![a-z])", plain)
    others = (plain[: match.start()] + plain[match.end() :]).strip(" ,;()[]") if match else ""
    return (Found(cycle=match["cycle"]), " ".join(others.split())) if match and others else (None, "")


def _next(plain: str, at: int, found: Found) -> tuple[str, re.Match] | None:
    """The first piece that fits here and isn't there yet; a word of letters starts only after none."""
    if at and plain[at].isascii() and plain[at].isalnum() and plain[at - 1].isascii() and plain[at - 1].isalnum():
        return None
    for name, expression in PIECES:
        same = {"reign": "era", "era": "reign"}.get(name, name)
        if name in found.seen or same in found.seen:
            continue
        match = expression.match(plain, at)
        if match and match.end() > at:
            return name, match
    return None


def _month(found: Found, part: dict, written: str) -> None:
    if "han" in part:
        found.month = {"正": 1, "臘": 12}.get(part["han"]) or reigns.han_number(part["han"])
        day = part.get("handay", "")
        found.day = {"望": 15, "朔": 1}.get(day) or reigns.han_number(day.lstrip("初"))
    else:
        word, day = part["month"], part.get("day") or part.get("day1") or ("15" if "full" in part else None)
        found.month, found.day = _number(word), day and _number(day)
        found.words = {"gieng": "Giêng", "chap": "Chạp"}.get(word, "")
    found.leap = "leap" in part or "leap1" in part
    word = part.get("few") or part.get("few1") or part.get("full") or ""
    found.few = {"mong": "mồng", "mung": "mùng", "ram": "rằm"}.get(word.strip(), "")
    found.third = part.get("third", "")
    # these words are said of lunar months alone
    found.lunar |= bool(found.words or found.leap or found.few or found.third or "han" in part)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else WORDS[text]


def _reign(found: Found, part: dict, written: str) -> None:
    found.era, text = part["era"], part.get("number")
    if "early" in part:
        found.number = 1
    elif text:
        number = int(text) if text.isdecimal() else reigns.han_number(text) or reigns.spoken_number(text)
        found.number = number or 0


def _season(found: Found, part: dict, written: str) -> None:
    found.season = SEASONS[part["season"]]


def _cycle(found: Found, part: dict, written: str) -> None:
    found.cycle = part["cycle"]


def _rest(found: Found, part: dict, written: str) -> None:
    found.rest = written


def _lunar(found: Found, part: dict, written: str) -> None:
    found.lunar = True


FILL = {
    "month": _month, "reign": _reign, "era": _reign, "season": _season, "cycle": _cycle, "rest": _rest, "lunar": _lunar,
}  # fmt: skip
