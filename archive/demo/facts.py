"""The demonstration's facts: items, the authorities they name, the gazetteer. Sources are named in the files."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
GAZETTEER = HERE.parent / "data" / "gazetteer.json"


@dataclass(frozen=True)
class Facts:
    """items: in the order of the collection; authorities: lists of agents, institutions and sources;
    gazetteer: places by key."""

    items: list
    authorities: dict
    gazetteer: dict

    def names(self, kind: str) -> dict:
        """Names {vi, en} of the authorities of a kind, by key."""
        return {row["key"]: row["name"] for row in self.authorities[kind]}


@cache
def read() -> Facts:
    def load(path: Path):
        return json.loads(path.read_text(encoding="utf-8"))

    places = {place["key"]: place for place in load(GAZETTEER)["places"]}
    return Facts(load(HERE / "items.json")["items"], load(HERE / "authorities.json"), places)
