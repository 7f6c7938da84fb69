"""Lines by their place on a page: which stay when it is read again, in which order, where a corrected line's words lie.
Pure. Regions are [x, y, width, height] in any one unit.
"""

from difflib import SequenceMatcher

SAME = 0.5  # of the smaller region: lines that share so much are the same line


def shared(one, other) -> float:
    """How much of the smaller region lies in the other, 0 to 1."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    least = min(one[2] * one[3], other[2] * other[3])
    return max(0.0, wide) * max(0.0, high) / least if least > 0 else 0.0


def is_among(region, others: list) -> bool:
    """Whether it is the same line as one of the others."""
    return any(shared(region, other) >= SAME for other in others)


def merged(kept: list, read: list) -> list[tuple[str, int]]:
    """The order of a page that was read again.

    In: regions of the lines that persons made or corrected, in their order; regions just read, in reading order.
    Out: ("kept", index) and ("read", index) in the new order. What was read where a kept line stands is left out, and
    the kept line takes its place in the order; others stand before the first line whose middle lies lower.
    """
    order: list[tuple[str, int]] = []
    placed = set()
    for number, region in enumerate(read):
        best = max(range(len(kept)), key=lambda one: shared(kept[one], region), default=None)
        if best is None or shared(kept[best], region) < SAME:
            order.append(("read", number))
        elif best not in placed:
            placed.add(best)
            order.append(("kept", best))
    for number, region in enumerate(kept):
        if number not in placed:
            regions = [(kept if which == "kept" else read)[index] for which, index in order]
            order.insert(place_of(region, regions), ("kept", number))
    return order


def place_of(region, regions: list) -> int:
    """Where a region stands among others in reading order: before the first whose middle lies lower."""
    middle = region[1] + region[3] / 2
    return next((at for at, other in enumerate(regions) if other[1] + other[3] / 2 > middle), len(regions))


def retold(words: list[dict], text: str, before, region) -> list[dict]:
    """The words of a line whose text or region a person changed.

    In: its words [{"text", "region", "confidence"}]; the new text; its region before and now. Out: the new words:
    unchanged ones keep box and confidence, those that stand for as many others keep theirs too; the rest share the room
    between their neighbours by length and have no confidence.
    """
    old = [{**word, "region": _carried(word["region"], before, region)} for word in words]
    new = text.split()
    found: list[dict] = []
    matcher = SequenceMatcher(None, [word["text"] for word in old], new, autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and a2 - a1 == b2 - b1):
            found += [{**was, "text": said} for was, said in zip(old[a1:a2], new[b1:b2], strict=True)]
        elif b2 > b1:
            found += _shared_out(new[b1:b2], _room(old, a1, a2, region))
    return found


def _carried(box, before, region) -> list[float]:
    """A word's box, moved and stretched with its line."""
    if list(before) == list(region) or not before[2] or not before[3]:
        return list(box)
    across, down = region[2] / before[2], region[3] / before[3]
    return [
        round(region[0] + (box[0] - before[0]) * across, 4),
        round(region[1] + (box[1] - before[1]) * down, 4),
        round(box[2] * across, 4),
        round(box[3] * down, 4),
    ]


def _room(old: list[dict], start: int, end: int, region) -> list[float]:
    """Where new words lie that stand for old[start:end]: there, or where none stood between the neighbours."""
    if end > start:
        boxes = [word["region"] for word in old[start:end]]
        left, right = min(box[0] for box in boxes), max(box[0] + box[2] for box in boxes)
    else:
        left = old[start - 1]["region"][0] + old[start - 1]["region"][2] if start else region[0]
        right = old[start]["region"][0] if start < len(old) else region[0] + region[2]
    if right <= left:
        left, right = region[0], region[0] + region[2]
    return [left, region[1], right - left, region[3]]


def _shared_out(words: list[str], room: list[float]) -> list[dict]:
    letters = sum(len(word) for word in words) + len(words) - 1
    step, at, found = room[2] / letters, room[0], []
    for word in words:
        box = [round(at, 4), room[1], round(step * len(word), 4), room[3]]
        found.append({"text": word, "region": box, "confidence": None})
        at += step * (len(word) + 1)
    return found
