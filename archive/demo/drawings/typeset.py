"""The names that a drawing sets, as lines of text with each word's place: known for certain, read by nobody. Pure."""

HAN_SHARE = 0.55  # of a name's height, where Hán stands above quốc ngữ


def lines(placed: list, size: tuple[int, int]) -> list[dict]:
    """In: (name, (left, top, right, bottom)) in pixels of a sheet of this size, as chart.draw gives them. Out: lines
    from top to bottom, as media.text_lines.put_set takes them."""
    return [_line(name, box, size) for name, box in sorted(placed, key=lambda one: (one[1][1], one[1][0]))]


def _line(name, box, size) -> dict:
    left, top, right, bottom = box
    middle = top + (bottom - top) * HAN_SHARE if name.han else top
    words = [(name.han, (left, top, right, middle))] if name.han else []
    letter, at = (right - left) / len(name.text), 0
    for word in name.text.split():
        start = name.text.index(word, at)
        at = start + len(word)
        words.append((word, (left + letter * start, middle, left + letter * at, bottom)))
    return {
        "text": f"{name.han} {name.text}".strip(),
        "language": "" if name.han else "vi",
        "region": _percent(box, size),
        "words": [{"text": word, "region": _percent(place, size)} for word, place in words],
    }


def _percent(box, size) -> list[float]:
    left, top, right, bottom = box
    sides = (left / size[0], top / size[1], (right - left) / size[0], (bottom - top) / size[1])
    return [round(100 * side, 4) for side in sides]
