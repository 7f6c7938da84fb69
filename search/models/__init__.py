from .cursor import Cursor
from .lexicon import EditionWords, NamedPlace, Naming, Word, WordKey
from .synonyms import SynonymGroup

__all__ = ["Cursor", "EditionWords", "NamedPlace", "Naming", "SynonymGroup", "Word", "WordKey"]
