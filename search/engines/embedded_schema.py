"""The embedded engine's index: its fields, and how an index document is put into them."""

import tantivy

from search import sorting
from search.documents import ALL, ALL_PAIRS, COUNTED, FLOATS, INTEGERS, LABELLED, NAMED, PAIRS, SORTS, TEXT, WORDS

from .base import EngineError

STORED = ("identifier", "version")
ORDINALS = tuple(dict.fromkeys(part for order in SORTS for part in sorting.ordinal_parts(order)))


def _schema():
    builder = tantivy.SchemaBuilder()
    for name in TEXT:
        builder.add_text_field(name, tokenizer_name="spaces", index_option="position")
    for name in PAIRS.values():
        builder.add_text_field(name, tokenizer_name="spaces", index_option="freq")
    for name in (ALL, ALL_PAIRS):
        builder.add_text_field(name, tokenizer_name="spaces", index_option="basic")
    for name in dict.fromkeys((*WORDS, *NAMED, *LABELLED)):
        options = {"stored": name in STORED, "fast": name in COUNTED}
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", **options)
    for name in SORTS:
        builder.add_bytes_field(name, stored=True)
    for name in (*INTEGERS, *ORDINALS):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_integer_field("sequence", fast=True)
    for name in FLOATS:
        builder.add_float_field(name, indexed=True, fast=True)
    return builder.build()


SCHEMA = _schema()
PARTS = {*TEXT, ALL, ALL_PAIRS, *PAIRS.values(), *WORDS, *NAMED, *LABELLED, *SORTS, *INTEGERS, *FLOATS}
SPACES = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def entry(document: dict, sequence: int) -> tantivy.Document:
    """Raises EngineError for a part that the schema doesn't have: tantivy would drop it without a word."""
    if unknown := document.keys() - PARTS:
        raise EngineError(f"the index has no part {', '.join(sorted(unknown))}")
    values = {part: value if isinstance(value, list) else [value] for part, value in document.items()}
    for order in SORTS:
        if order in document:
            values[order] = [document[order].encode()]
            numbers = sorting.ordinals(order, document[order])
            values |= {part: [number] for part, number in zip(sorting.ordinal_parts(order), numbers, strict=True)}
    return tantivy.Document.from_dict(values | {"sequence": [sequence]}, SCHEMA)
