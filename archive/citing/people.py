"""Names as citations take them apart: family name and given name, or one name that stays whole. Pure.

A Vietnamese name begins with the family name and is cited in that order; European styles invert the others. A title,
an office or a courtesy name behind the name ("Bùi Thế Đạt, Đoan Quận công") is the catalogue's and no part of it.
"""

import re
from dataclasses import dataclass

# Family names that bear over 99 % of people: https://vi.wikipedia.org/wiki/Họ_người_Việt_Nam; with older spellings.
VIETNAMESE = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý lí đào đoàn vương trịnh trương đinh lâm "
    "phùng mai tô hà tạ tống tăng thái lương lưu châu chu cao nghiêm quách khổng ông la từ triệu mạc giang doãn".split()
)
# Small words that belong to the family name behind them.
PARTICLES = frozenset("da de del della den der des di do dos du la le van vaz von y zu zur 't".split())
HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class Name:
    """`family` alone is a whole name (a body, a monarch, a Hán name). `inverted`: European styles turn it round."""

    family: str
    given: str = ""
    vietnamese: bool = False

    @property
    def whole(self) -> str:
        """In the order in which it is spoken."""
        return " ".join(filter(None, (self.family, self.given) if self.vietnamese else (self.given, self.family)))


LIFE = re.compile(r"\((?:[^()]*\b)?\d{3,4}\s*[–-]\s*(?:\d{3,4})?\)")  # "(1794–1840)": only people have such dates


def read(text: str, kind: str) -> Name:
    """In: an agent's name as the catalogue writes it, its kind ("person", "body", "family" or "" for unknown)."""
    text = " ".join(text.split())
    kind = kind or ("person" if LIFE.search(text) else "")
    if kind in ("body", "family"):
        return Name(text)
    plain = re.sub(r"\s*\([^()]*\)", "", text).strip() or text
    before, comma, behind = (part.strip() for part in plain.partition(","))
    if comma and behind and " " not in before and kind == "person":
        return Name(before, behind)  # "Taberd, Jean-Louis"
    words = before.split()
    if len(words) > 1 and words[0].lower() in VIETNAMESE and len(words) <= 5:
        return Name(words[0], " ".join(words[1:]), vietnamese=True)
    if kind != "person" or len(words) < 2 or HAN.search(before) or _looks_vietnamese(before):
        return Name(plain if kind != "person" else before)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]))


def _looks_vietnamese(text: str) -> bool:
    """Letters that no other language of the collection writes: "Minh Mạng", a reign, isn't turned round."""
    return bool(re.search(r"[ăắằẳẵặấầẩẫậđếềểễệốồổỗộơớờởỡợưứừửữựạảẹẻẽịỉĩọỏụủũỵỷỹỳ]", text.lower()))


def initials(given: str) -> str:
    """APA 7, 9.8: "Jean-Louis" → "J.-L.", "Quý Đôn" → "Q. Đ."."""
    return " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
