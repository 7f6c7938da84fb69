"""Elasticsearch 8.19, through elasticsearch.dsl."""

import base64
import logging
import math
import time
from contextlib import contextmanager
from dataclasses import replace

import elasticsearch
from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import Search

from search import plan as plans
from search.documents import ALL, ALL_PAIRS, FLOATS, INTEGERS, LABELLED, NAMED, PAIRS, SCORED, SORTS, TEXT, WORDS

from .base import MOST_VALUES, Counts, Engine, EngineError, Found, Hit, digest, rank_of

log = logging.getLogger(__name__)
logging.getLogger("elastic_transport").setLevel(logging.WARNING)  # it tells of every request
# Tiers asked first, and next: of phrases and compounds, which few records meet, and of words. Where no word is scored,
# all are asked at once.
STEPS = (3, 6)
MOST_TERMS = 50_000  # of one terms query; the server's limit is 65,536
SEARCH_SECONDS, WRITE_SECONDS, MERGE_SECONDS = 3, 30, 1800
# A node whose memory is full asks to wait (429): half a second, then twice as long each time.
TRIES, FIRST_WAIT, MOST_WAIT = 7, 0.5, 15.0
BULK_BYTES = 8_000_000

SETTINGS = {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"}


def _mapping() -> dict:
    """Strict. The whitespace analyser only splits: search.analysis made the tokens."""
    parts = {name: {"type": "text", "analyzer": "whitespace", "norms": name in SCORED} for name in TEXT}
    parts |= {
        name: {"type": "text", "analyzer": "whitespace", "norms": name in SCORED, "index_options": "freqs"}
        for name in PAIRS.values()
    }
    once = {"type": "text", "analyzer": "whitespace", "norms": False, "index_options": "docs"}
    parts |= {ALL: once, ALL_PAIRS: once}
    parts |= {name: {"type": "keyword"} for name in (*WORDS, *NAMED, *LABELLED)}
    parts |= {name: {"type": "keyword", "index": False} for name in SORTS}
    parts |= {name: {"type": "long"} for name in INTEGERS}
    parts |= {name: {"type": "double"} for name in FLOATS}
    return {"dynamic": "strict", "properties": parts}


@contextmanager
def _errors(what: str):
    try:
        yield
    except (elasticsearch.ApiError, elasticsearch.TransportError, helpers.BulkIndexError) as error:
        raise EngineError(f"Elasticsearch, {what}: {error}") from error


def _waiting(ask):
    """What ask() answers, asked again while the node asks to wait."""
    for attempt in range(TRIES - 1):
        try:
            return ask()
        except elasticsearch.ApiError as error:
            if error.status_code != 429:
                raise
        time.sleep(min(FIRST_WAIT * 2**attempt, MOST_WAIT))
    return ask()


class Elastic(Engine):
    """In: the server's address; the indices' prefix; user and password (none without a password); a CA file."""

    name = "elasticsearch"
    schema = digest([SETTINGS, _mapping()])

    def __init__(self, url: str, prefix: str, user: str = "", password: str = "", ca_file: str = ""):
        options = {"max_retries": 0, "retry_on_timeout": False, "request_timeout": SEARCH_SECONDS}
        if password:
            # Not basic_auth=…: the client takes ASCII passwords only.
            credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
            options["headers"] = {"authorization": f"Basic {credentials}"}
        if ca_file:
            options["ca_certs"] = ca_file
        self.client = Elasticsearch(url, **options)
        self.patient = self.client.options(request_timeout=WRITE_SECONDS)
        self.prefix = prefix

    # --- reading ---------------------------------------------------------------------------------

    def exists(self, index: str) -> bool:
        with _errors("index"):
            return bool(index) and bool(self.client.indices.exists(index=index))

    def search(self, index: str, plan: plans.Plan) -> Found:
        first, *wider = _steps(plan)
        ranked, *counted = self._ask(index, _ranking(first), *([_counts(plan)] if plan.counted else ()))
        total = counted[0]["hits"]["total"]["value"] if counted else math.inf
        for step in wider[-1:] if total <= plan.size else wider:
            if len(ranked["hits"]["hits"]) >= min(plan.size, total):
                break
            (ranked,) = self._ask(index, _ranking(step))
        hits = tuple(_hit(hit, plan.order) for hit in ranked["hits"]["hits"])
        counts = Counts(total, _facets(counted[0], plan)) if counted else Counts(len(hits))
        return Found(hits, plan.after[-1] if plan.after else plan.start, counts)

    def _ask(self, index: str, *questions: dict) -> list[dict]:
        """The answers to several questions, in one request."""
        with _errors("search"):
            asked = [line for question in questions for line in ({}, question)]
            answers = self.client.msearch(index=index, searches=asked).body["responses"]
        for answer in answers:
            if "error" in answer:
                raise EngineError(f"Elasticsearch, search: {answer['error']}")
        return answers

    def versions(self, index: str) -> dict[str, str]:
        with _errors("reading"):
            hits = helpers.scan(self.patient, index=index, size=2_000, _source_includes=["version"])
            return {hit["_id"]: hit["_source"]["version"] for hit in hits}

    # --- writing: search.indexer alone -------------------------------------------------------------

    def create(self, index: str) -> None:
        with _errors("making the index"):
            self.patient.indices.delete(index=index, ignore_unavailable=True)
            self.patient.indices.create(index=index, settings=SETTINGS, mappings=_mapping())

    def write(self, index: str, documents, gone, sequence: int) -> None:
        self._put(index, documents, gone, sequence)
        self._refresh(index)

    def fill(self, index: str, documents, sequence: int) -> None:
        self._put(index, documents, [], sequence)

    def filled(self, index: str) -> None:
        self._refresh(index)
        try:
            self._merge(index)
        except EngineError as error:  # it answers as it is, only slower
            log.warning("search index %s stays in pieces: %s", index, error)

    def _merge(self, index: str) -> None:
        """Into one piece: bulk writing leaves twenty, and every word of every condition is looked up in each."""
        patient = self.client.options(request_timeout=MERGE_SECONDS)
        with _errors("merging"):
            _waiting(lambda: patient.indices.forcemerge(index=index, max_num_segments=1))

    def _refresh(self, index: str) -> None:
        with _errors("refreshing"):
            _waiting(lambda: self.patient.indices.refresh(index=index))

    def _put(self, index: str, documents, gone, sequence: int) -> None:
        versioned = {
            "_index": index,
            "version": max(sequence, 1),
            "version_type": "external_gte",
            "require_alias": False,
        }
        actions = [{"_op_type": "delete", "_id": identifier, **versioned} for identifier in gone]
        actions += [{"_id": document["identifier"], "_source": document, **versioned} for document in documents]
        with _errors("writing"):
            if not _waiting(lambda: self.patient.indices.exists(index=index)):
                raise EngineError(f"Elasticsearch has no index {index!r}")  # a write would make one without a mapping
            waits = {"max_retries": TRIES - 1, "initial_backoff": FIRST_WAIT, "max_backoff": MOST_WAIT}
            options = {"raise_on_error": False, "max_chunk_bytes": BULK_BYTES, **waits}
            for done, answer in helpers.streaming_bulk(self.patient, actions, **options):
                result = next(iter(answer.values()))
                if not done and result["status"] not in (404, 409):  # already gone; a newer one is there
                    raise EngineError(f"Elasticsearch refused {result.get('_id')}: {result.get('error')}")

    def publish(self, index: str) -> None:
        """The alias (the prefix) points to the live index, for people and tools that look; former ones are dropped."""
        with _errors("alias"):
            found = self.patient.indices.get(index=f"{self.prefix}-v*", expand_wildcards="all", ignore_unavailable=True)
            former = [name for name in found.body if name != index]
            actions = [{"add": {"index": index, "alias": self.prefix}}]
            actions += [{"remove_index": {"index": name}} for name in former]
            self.patient.indices.update_aliases(actions=actions)


def _hit(hit: dict, order: str | None) -> Hit:
    rank = rank_of(hit["sort"][0]) if order is None else None
    return Hit(hit["_id"], hit["fields"]["version"][0], rank, tuple(hit["sort"]))


def _facets(counted: dict, plan: plans.Plan) -> dict[str, dict[str, int]]:
    groups = counted.get("aggregations", {}).values()
    values = {name: found for group in groups for name, found in group.items()}
    return {name: {bucket["key"]: bucket["doc_count"] for bucket in values[name]["buckets"]} for name in plan.facets}


# --- the request -----------------------------------------------------------------------------------------


# In two questions, which the server answers side by side: for what is counted no record is scored; for a page of the
# order it leaves out, unseen, all that can't come so far up. The conditions are put in as they are: a search has
# hundreds, and as objects they would take longer to write than to answer.


def _counts(plan: plans.Plan) -> dict:
    """The total and the facets."""
    search = Search().source(False)
    for number, (others, names) in enumerate(_together(plan).items()):
        conditions = [_condition(when) for other, when in plan.choices if other in others]
        group = search.aggs.bucket(f"group-{number}", "filter", {"bool": {"filter": conditions}})
        for name in names:
            group.bucket(name, "terms", field=plans.facet_part(name), size=MOST_VALUES)
    choices = _choices(plan)
    return {
        **search.to_dict(),
        "query": {"bool": {"filter": [_condition(plan.base), _condition(plan.match)]}},
        **({"post_filter": {"bool": {"filter": choices}}} if choices else {}),
        "size": 0,
        "track_total_hits": True,
    }


def _ranking(plan: plans.Plan) -> dict:
    """One page of the hits."""
    search = Search().source(False).sort(*([{plan.order: "asc"}] if plan.order else ["_score", "tie"]))
    place = {"search_after": list(plan.after[:-1])} if plan.after else {"from": plan.start}
    return {
        **search.to_dict(),
        **place,
        "query": _whole(plan),
        "docvalue_fields": ["version"],
        "size": plan.size,
        "track_total_hits": False,
    }


def _steps(plan: plans.Plan) -> list[plans.Plan]:
    """The plan of its best tiers alone, of some more, and of all: where some fill the first page, as they do for most
    words, the wide ones needn't be asked."""
    first = plan.order is None and plan.after is None and plan.start == 0
    numbers = [number for number in STEPS if first and plan.words and number < len(plan.tiers)]
    return [*(replace(plan, tiers=plan.tiers[:number]) for number in numbers), plan]


def _choices(plan: plans.Plan) -> list[dict]:
    return [_condition(when) for _, when in plan.choices]


def _together(plan: plans.Plan) -> dict[tuple[str, ...], list[str]]:
    """{choices that apply: facets that they apply to}: what is narrowed alike is narrowed once."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in plan.facets:
        groups.setdefault(tuple(other for other, _when in plan.choices if other != name), []).append(name)
    return groups


def _whole(plan: plans.Plan) -> dict:
    within = [_condition(plan.base), *_choices(plan)]
    if plan.order:
        return {"bool": {"filter": [*within, _condition(plan.match)]}}
    must = []
    if plan.tiers:
        tiers = [_constant(tier.when, float(tier.rank * plans.STEP)) for tier in plan.tiers]
        must.append({"dis_max": {"queries": tiers, "tie_breaker": 0.0}})
    words = [{"term": {part: {"value": word, "boost": boost}}} for part, word, boost in plan.words]
    leans = [_constant(when, points) for when, points in plan.leans]
    return {"bool": {"must": must, "should": [*words, *leans], "minimum_should_match": 0, "filter": within}}


def _constant(when, score: float) -> dict:
    return {"constant_score": {"filter": _condition(when), "boost": score}}


def _condition(when) -> dict:
    match when:
        case plans.Has(part, (token,)):
            return {"term": {part: token}}
        case plans.Has(part, tokens):
            return {"match_phrase": {part: {"query": " ".join(tokens), "analyzer": "whitespace"}}}
        case plans.Some((one,), 1):
            return _condition(one)
        case plans.Some(of, least):
            if len(of) < least:
                return {"match_none": {}}
            return {"bool": {"should": [_condition(one) for one in of], "minimum_should_match": least}}
        case plans.All(of):
            positive = [_condition(one) for one in of if not isinstance(one, plans.Not)]
            negative = [_condition(one.of) for one in of if isinstance(one, plans.Not)]
            return {"bool": {"filter": positive, **({"must_not": negative} if negative else {})}}
        case plans.Begins(part, start):
            return {"prefix": {part: start}}
        case plans.OneOf(part, values):
            parts = [list(values[at : at + MOST_TERMS]) for at in range(0, len(values), MOST_TERMS)]
            return {"bool": {"should": [{"terms": {part: some}} for some in parts], "minimum_should_match": 1}}
        case plans.Between(part, least, most):
            bounds = {"gte": least, "lte": most}
            return {"range": {part: {name: bound for name, bound in bounds.items() if bound is not None}}}
        case plans.Not(of):
            return {"bool": {"must_not": [_condition(of)]}}
    raise TypeError(f"no condition: {when!r}")
