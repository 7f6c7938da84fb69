"""Compiles config/locale/*/LC_MESSAGES/*.po with Babel, so that no gettext is needed.

By hand: `python -m config.launch.catalogues`.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def sources() -> list[Path]:
    return sorted((ROOT / "config" / "locale").glob("*/LC_MESSAGES/*.po"))


def stale() -> list[Path]:
    """The catalogues whose .mo is missing or older."""
    result = []
    for source in sources():
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns:
            result.append(source)
    return result


def compile_all() -> int:
    """Write the .mo of every stale catalogue; returns how many. Needs Babel."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    found = stale()
    for source in found:
        with open(source, "rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        half = source.with_suffix(f".{id(catalogue)}.tmp")
        with open(half, "wb") as file:
            write_mo(file, catalogue)
        half.replace(source.with_suffix(".mo"))
    return len(found)


if __name__ == "__main__":
    compile_all()
