"""Planted words: nonsense that stands nowhere but in one field of one thing in one state."""

import re
from dataclasses import dataclass, field

# "zq" stands in no language, no digest and no template; the last letter keeps one word from being the start of another.
WORD = re.compile(rb"zq[a-z]{2}[0-9a-z]{3}q", re.IGNORECASE)
# States whose words stand: visitors may read them, and each probe that looks for leaks must find them first.
# "tombstone": the identifier of what was withdrawn or held after it stood, which its address (410) and OAI-PMH tell.
PUBLIC = ("cleared", "renewed", "base", "tombstone")
# Fields that no edition holds, also of what is public.
NEVER_PUBLIC = {"Record.internal_notes", "Record.declassification", "Scan.original_name", "Place.note"}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass
class Words:
    """Hands out words and knows of each which state it belongs to and where it stands."""

    states: dict[str, str] = field(default_factory=dict)  # word: state
    places: dict[str, str] = field(default_factory=dict)  # word: "Record.title_vi"
    codes: dict[str, str] = field(default_factory=dict)  # state: two letters
    images: dict[str, str] = field(default_factory=dict)  # image id or digest of a master: state

    def plant(self, state: str, place: str) -> str:
        """A new word for a place. What never becomes public of a public record is of the state "internal"."""
        if place in NEVER_PUBLIC and state in PUBLIC:
            state = "internal"
        code = self.codes.setdefault(state, DIGITS[10 + len(self.codes) // 20] + DIGITS[14 + len(self.codes) % 20])
        number = len(self.states)
        word = f"zq{code}{DIGITS[number // 1296]}{DIGITS[number // 36 % 36]}{DIGITS[number % 36]}q"
        self.states[word], self.places[word] = state, place
        return word

    def of(self, *states: str) -> list[str]:
        return [word for word, state in self.states.items() if state in states]

    def at(self, state: str, place: str) -> str:
        """The word of a state in one place. Raises LookupError."""
        return next(word for word, where in self.places.items() if where == place and self.states[word] == state)

    def found(self, data: bytes, asked: str = "") -> set[str]:
        """Planted words and image ids in an answer, but for those that the question itself held."""
        asked = asked.lower()
        found = {match.decode().lower() for match in WORD.findall(data)}
        if self.images:
            text = data.decode("latin-1")
            found |= {image for image in self.images if image in text}
        return {word for word in found if word not in asked and (word in self.states or word in self.images)}

    def state(self, word: str) -> str:
        return self.states.get(word) or self.images[word]

    def place(self, word: str) -> str:
        return self.places.get(word, "image")
