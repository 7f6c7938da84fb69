"""Two edits of one state, put side by side and put together. Pure.

A state is a record as plain data: {field: value, …, child list: [{"pk": …, field: value, …}, …]}.
"""

from dataclasses import dataclass

MINE, THEIRS = "mine", "theirs"
ABSENT = None  # a row that isn't in a list


@dataclass(frozen=True)
class Unit:
    """What can be chosen by itself: a field, or a row of a child list.

    key: addresses it in a form ("title_vi", "scans-12", "scans-mine-0"); name: the field or the list;
    base, theirs, mine: a value, or for a row {field: value} or ABSENT.
    """

    key: str
    name: str
    base: object
    theirs: object
    mine: object

    @property
    def default(self) -> str:
        """Who changed it, where only one did; "" where both did and differ."""
        if self.theirs == self.base:
            return MINE
        return THEIRS if self.mine == self.base else ""

    def chosen(self, side: str):
        return self.mine if side == MINE else self.theirs


def compare(base: dict, theirs: dict, mine: dict, fields: list[str], lists: dict[str, list[str]]) -> list[Unit]:
    """Where the two edits differ, fields first.

    fields: the names that count; lists: {child list: the names that count in a row}. What both did alike isn't listed.
    """
    units = [Unit(name, name, *(_plain(state.get(name)) for state in (base, theirs, mine))) for name in fields]
    for name, inner in lists.items():
        units += _rows(name, *(_picked(state.get(name) or [], inner) for state in (base, theirs, mine)))
    return [unit for unit in units if unit.theirs != unit.mine]


def merge(theirs: dict, mine: dict, base: dict, units: list[Unit], choices: dict[str, str], lists) -> dict:
    """Their state with what was chosen of mine. `choices`: {unit key: MINE or THEIRS}, for every unit."""
    merged = dict(theirs)
    for unit in units:
        if unit.name not in lists and choices[unit.key] == MINE:
            merged[unit.name] = mine.get(unit.name)
    for name, inner in lists.items():
        chosen = {unit.key: choices[unit.key] for unit in units if unit.name == name}
        merged[name] = _merged_rows(name, theirs, mine, base, chosen, inner)
    return merged


def _merged_rows(name: str, theirs: dict, mine: dict, base: dict, chosen: dict[str, str], inner) -> list[dict]:
    """The rows of a list, in my order if I changed it, else in theirs; what only the other has comes last."""
    ours, others = mine.get(name) or [], theirs.get(name) or []
    i_moved = _order(ours) != _order(base.get(name) or [])
    by_key = {
        MINE: dict(_keyed(name, ours, MINE, others, inner)),
        THEIRS: dict(_keyed(name, others, THEIRS, ours, inner)),
    }
    first, second = (MINE, THEIRS) if i_moved else (THEIRS, MINE)
    rows = []
    for key in dict.fromkeys([*by_key[first], *by_key[second]]):
        row = by_key[chosen.get(key, THEIRS)].get(key)
        if row is not None:
            rows.append({**row, "sort_order": len(rows)})
    return rows


def _order(rows: list[dict]) -> list:
    return [row.get("pk") for row in rows if row.get("pk")]


def _rows(name: str, base: list[dict], theirs: list[dict], mine: list[dict]) -> list[Unit]:
    columns = [
        dict(_keyed(name, rows, side, other, None))
        for rows, side, other in ((base, THEIRS, []), (theirs, THEIRS, mine), (mine, MINE, theirs))
    ]
    keys = dict.fromkeys(key for column in (columns[1], columns[2]) for key in column)
    return [Unit(key, name, *(_without_pk(column.get(key)) for column in columns)) for key in keys]


def _keyed(name: str, rows: list[dict], side: str, others: list[dict], inner):
    """Pairs (key, row). A row is known by its pk; a new one, which only one side has, by its side and place.

    A row that both sides added alike is one row: mine goes by the pk of theirs.
    """
    known = {row.get("pk") for row in rows}
    new = [row for row in others if row.get("pk") not in known] if side == MINE else []
    for number, row in enumerate(rows):
        pk = row.get("pk")
        if not pk:
            same = [other for other in new if _said(other, inner) == _said(row, inner)]
            pk = same[0]["pk"] if same else None
        yield (f"{name}-{pk}" if pk else f"{name}-{side}-{number}"), row


def _said(row: dict, inner) -> dict:
    return _without_pk(_picked([row], inner)[0] if inner else row)


def _picked(rows: list[dict], inner: list[str]) -> list[dict]:
    return [{"pk": row.get("pk"), **{name: _plain(row.get(name)) for name in inner}} for row in rows]


def _without_pk(row: dict | None) -> dict | None:
    return None if row is None else {name: value for name, value in row.items() if name != "pk"}


def _plain(value):
    """A gap is a gap, however a form or a column writes it; line ends are those of Unix."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return "" if value is None else value
