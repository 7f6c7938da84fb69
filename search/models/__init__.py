from .cursor import Cursor

__all__ = ["Cursor"]
