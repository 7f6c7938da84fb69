"""The two engines without us: the same fields, six facets, a highlight and a range of years, as their manuals say.

The texts are those of our index documents, folded and split alike, in an index of the engine's own plain kind; one
query asks for all words in any field, ranked by BM25.
"""

import tantivy
from elasticsearch import Elasticsearch, helpers

from search.engines.embedded import fill_heap

FACETS = ("kind", "period", "language", "holder", "place", "agent")
TEXTS = ("title_f", "text_f", "names_f", "reading_f", "agents_f")
INDEX = "raw-bench"


def fields_of(document: dict) -> dict:
    """What a raw index holds of an index document."""
    return {
        name: document[name] for name in ("identifier", *TEXTS, *FACETS, "date_from", "date_to") if name in document
    }


class RawElastic:
    def __init__(self, url: str):
        self.client = Elasticsearch(url, request_timeout=60)

    def create(self) -> None:
        mapping = {name: {"type": "text", "analyzer": "whitespace"} for name in TEXTS}
        mapping |= {name: {"type": "keyword"} for name in ("identifier", *FACETS)}
        mapping |= {name: {"type": "integer"} for name in ("date_from", "date_to")}
        self.client.indices.delete(index=INDEX, ignore_unavailable=True)
        settings = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}
        self.client.indices.create(index=INDEX, settings=settings, mappings={"properties": mapping})

    def fill(self, documents) -> None:
        actions = ({"_index": INDEX, "_id": entry["identifier"], "_source": entry} for entry in documents)
        helpers.bulk(self.client, actions, chunk_size=500, max_retries=5)

    def settle(self) -> None:
        """In one piece, as ours is after a rebuild."""
        self.client.indices.refresh(index=INDEX)
        self.client.options(request_timeout=600).indices.forcemerge(index=INDEX, max_num_segments=1)

    def body(self, words: str, years: tuple[int, int] | None, facets: bool = True, size: int = 20) -> dict:
        must = [{"multi_match": {"query": words, "fields": TEXTS, "type": "cross_fields", "operator": "and"}}]
        within = [
            {"range": {"date_to": {"gte": years[0]}}},
            {"range": {"date_from": {"lte": years[1]}}},
        ] if years else []  # fmt: skip
        asked = {
            "query": {"bool": {"must": must if words else [{"match_all": {}}], "filter": within}},
            "size": size,
            "track_total_hits": True,
            "highlight": {"fields": {"title_f": {}, "text_f": {}}},
        }
        if facets:
            asked["aggs"] = {name: {"terms": {"field": name, "size": 50}} for name in FACETS}
        return asked

    def search(self, words: str, years=None, facets: bool = True) -> int:
        return self.client.search(index=INDEX, **self.body(words, years, facets))["hits"]["total"]["value"]

    def suggest(self, words: str) -> None:
        *whole, last = words.split()
        must = [{"term": {"title_f": word}} for word in whole] + [{"prefix": {"title_f": last}}]
        self.client.search(index=INDEX, query={"bool": {"must": must}}, size=10)


class RawTantivy:
    def __init__(self, folder: str):
        builder = tantivy.SchemaBuilder()
        for name in TEXTS:
            builder.add_text_field(name, stored=True, tokenizer_name="spaces")
        for name in ("identifier", *FACETS):
            builder.add_text_field(name, stored=name == "identifier", tokenizer_name="raw", fast=True)
        for name in ("date_from", "date_to"):
            builder.add_integer_field(name, indexed=True, fast=True)
        self.schema = builder.build()
        self.index = tantivy.Index(self.schema, folder)
        spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self.index.register_tokenizer("spaces", spaces)
        self.writer = None

    def fill(self, documents) -> None:
        self.writer = self.writer or self.index.writer(fill_heap(), 1)
        for entry in documents:
            values = {name: value if isinstance(value, list) else [value] for name, value in entry.items()}
            self.writer.add_document(tantivy.Document.from_dict(values, self.schema))

    def settle(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()
        self.writer = None
        self.index.reload()

    def _query(self, words: str, years):
        Q, must = tantivy.Query, tantivy.Occur.Must
        every = [
            (must, Q.disjunction_max_query([Q.term_query(self.schema, part, word) for part in TEXTS]))
            for word in words.split()
        ]
        integer = tantivy.FieldType.Integer
        if years:
            every.append((must, Q.range_query(self.schema, "date_to", integer, years[0], None)))
            every.append((must, Q.range_query(self.schema, "date_from", integer, None, years[1])))
        return Q.boolean_query(every or [(must, Q.all_query())])

    def search(self, words: str, years=None, facets: bool = True) -> int:
        query, searcher = self._query(words, years), self.index.searcher()
        found = searcher.search(query, limit=20, count=True)
        if facets:
            searcher.aggregate(query, {name: {"terms": {"field": name, "size": 50}} for name in FACETS})
        if words:
            marks = [
                tantivy.SnippetGenerator.create(searcher, query, self.schema, part) for part in ("title_f", "text_f")
            ]
            for _score, address in found.hits:
                document = searcher.doc(address)
                for mark in marks:
                    mark.snippet_from_doc(document).to_html()
        else:
            for _score, address in found.hits:
                searcher.doc(address)
        return found.count

    def suggest(self, words: str) -> None:
        Q, must = tantivy.Query, tantivy.Occur.Must
        *whole, last = words.split()
        every = [(must, Q.term_query(self.schema, "title_f", word)) for word in whole]
        every.append((must, Q.regex_query(self.schema, "title_f", f"{last}.*")))
        searcher = self.index.searcher()
        for _score, address in searcher.search(Q.boolean_query(every), limit=10).hits:
            searcher.doc(address)
