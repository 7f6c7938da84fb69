"""Parts of an edition document: what a row of the catalogue says, as plain data. See archive.edition."""

from . import written_dates
from .dates import parse


def both(instance, field: str) -> dict:
    """A translated field as {"vi", "en"}; a gap is an empty string."""
    return {lang: getattr(instance, f"{field}_{lang}") or "" for lang in ("vi", "en")}


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def named(authority) -> dict:
    return {"key": authority.key, "name": both(authority, "name")}


def or_none(part: dict) -> dict | None:
    """The part itself, or None where nothing in it is said."""

    def said(value) -> bool:
        return any(map(said, value.values())) if isinstance(value, dict) else value not in ("", None, [])

    return part if said(part) else None


def agent(use) -> dict:
    return {
        **named(use.agent),
        "role": use.role,
        "kind": use.agent.kind,
        "dates": use.agent.dates,
        "other_names": lines(use.agent.other_names),
    }


def place(place) -> dict:
    """A place by value, with its names."""
    return {
        **named(place),
        "kind": place.kind,
        "lat": place.latitude,
        "lon": place.longitude,
        "approximate": place.approximate,
        "names": [
            {
                "text": name.text,
                "lang": name.language,
                "script": name.script,
                "period": period(name.period_edtf, name.period_text),
                "source": named(name.source) if name.source else None,
                "historical": name.historical,
                "verified": name.verified,
            }
            for name in place.names.all()
        ],
    }


def period(edtf: str, text: str) -> dict | None:
    """When a name was used. `text` is what the curator typed; it is read again for its display in both languages."""
    if not edtf:
        return None
    read = parse(text)
    first, last = written_dates.bounds(edtf)
    return {"edtf": edtf, "from": first, "to": last, "display": {"vi": read.display_vi, "en": read.display_en}}


def physical(record) -> dict | None:
    """Extent and technique (ISBD area 5); lengths in millimetres."""
    counts = {name: getattr(record, name) for name in ("sheets", "pages", "height_mm", "width_mm")}
    return or_none({**counts, "technique": both(record, "technique")})


def cartography(record) -> dict | None:
    """Mathematical data of a map (ISBD area 3, MARC 034 and 255)."""
    return or_none(
        {
            "scale": record.scale_text,
            "denominator": record.scale_denominator,
            "projection": both(record, "projection"),
            "prime_meridian": record.prime_meridian,
        }
    )


def legal(record) -> dict | None:
    """Number, days and articles of a legal text; its issuing body and signatory are agents."""
    return or_none(
        {
            "number": record.legal_number,
            "issued": _day(record.issued_on),
            "in_force_from": _day(record.in_force_from),
            "in_force_to": _day(record.in_force_to),
            "articles": [
                {"number": one.number, "heading": both(one, "heading"), "text": both(one, "text")}
                for one in record.articles.all()
            ],
        }
    )


def _day(day) -> str | None:
    return day.isoformat() if day else None


def transcription(use) -> dict | None:
    """What is written on a scan and its translation."""
    said = or_none({"text": use.transcription, "translation": both(use, "translation")})
    return {**said, "lang": use.transcription_language or "und"} if said else None


def mention(mention, width: int, height: int) -> dict:
    """A place mention on an image of `width` × `height` pixels."""
    return {
        "place": mention.place.key,
        "name": mention.name_as_written,
        "lang": mention.language or "und",
        "reading": mention.reading,
        "meaning": both(mention, "meaning"),
        "region": region((mention.x, mention.y, mention.width, mention.height), width, height),
    }


def region(sides, width: int, height: int) -> list[int]:
    """x, y, width, height in percent of an image → in its pixels, at least one wide and high, within the image."""
    x, y, wide, high = sides
    left, top = min(round(x * width / 100), width - 1), min(round(y * height / 100), height - 1)
    return [
        left,
        top,
        max(1, min(round(wide * width / 100), width - left)),
        max(1, min(round(high * height / 100), height - top)),
    ]
