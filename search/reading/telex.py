"""Keystrokes that were never turned into Vietnamese letters: Telex and VNI. Pure."""


def read(text: str) -> str | None:
    """The text as Telex or VNI keystrokes, or None where that is no other reading."""
    return None
