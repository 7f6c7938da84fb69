"""The node is a real Elasticsearch 8.19.0, and what the index uses of it behaves as the official documentation says."""

import pytest
from elasticsearch import Elasticsearch

from search.engines import elastic
from search.engines.base import EngineError
from search.engines.elastic import Elastic
from tests.node.tls import TlsProxy, make_certificates

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def client(elasticsearch_url):
    with Elasticsearch(elasticsearch_url) as client:
        yield client


def test_it_is_the_version_that_the_site_runs(client):
    (node,) = client.nodes.info()["nodes"].values()
    assert node["version"].startswith("8.19.")
    assert client.cluster.health()["status"] in ("green", "yellow")


# https://www.elastic.co/guide/en/elasticsearch/reference/8.19/analysis-whitespace-analyzer.html
DOCUMENTED = "The 2 QUICK Brown-Foxes jumped over the lazy dog's bone."
TOKENS = ["The", "2", "QUICK", "Brown-Foxes", "jumped", "over", "the", "lazy", "dog's", "bone."]


def test_the_whitespace_analyser_is_the_documented_one(client):
    """The only analyser of the index: search.analysis makes the tokens, the engines only split them."""
    answer = client.indices.analyze(analyzer="whitespace", text=DOCUMENTED)
    assert [token["token"] for token in answer["tokens"]] == TOKENS
    assert [token["position"] for token in answer["tokens"]] == list(range(10))


def test_it_keeps_han_of_extension_b_and_vietnamese_whole(client):
    answer = client.indices.analyze(analyzer="whitespace", text="hoàng ¶ 黃 𡗶")
    assert [token["token"] for token in answer["tokens"]] == ["hoàng", "¶", "黃", "𡗶"]


def test_tantivy_splits_in_the_same_way():
    from search.engines.embedded_schema import SPACES

    assert SPACES.analyze(DOCUMENTED) == TOKENS
    assert SPACES.analyze("hoàng ¶ 黃 𡗶") == ["hoàng", "¶", "黃", "𡗶"]


# --- TLS and password, as the official image wants them ------------------------------------------------------

PASSWORD = "Mật-khẩu: dài & có dấu"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def proxy(certificates, elasticsearch_url):
    _ca, certificate, key = certificates
    with TlsProxy(elasticsearch_url, "elastic", PASSWORD, certificate, key) as proxy:
        yield proxy


def test_the_engine_works_through_tls_with_ca_file_and_password(proxy, certificates):
    engine = Elastic(proxy.url, "tls", "elastic", PASSWORD, str(certificates[0]))
    engine.create("tls-v1-1")
    engine.write("tls-v1-1", [{"identifier": "a", "version": "a#1"}], [], 1)
    engine.publish("tls-v1-1")
    assert engine.versions("tls-v1-1") == {"a": "a#1"} and proxy.refused == 0
    engine.client.indices.delete(index="tls-v1-1")


def test_writes_wait_while_the_node_asks_to(proxy, certificates, monkeypatch):
    monkeypatch.setattr(elastic, "FIRST_WAIT", 0.01)
    engine, index = Elastic(proxy.url, "busy", "elastic", PASSWORD, str(certificates[0])), "busy-v1-1"
    engine.create(index)
    for way in (
        lambda: engine.write(index, [{"identifier": "a", "version": "a#1"}], ["b"], 1),
        lambda: engine.fill(index, [{"identifier": "c", "version": "c#1"}], 1),
        lambda: engine.filled(index),
    ):
        proxy.busy = 2
        way()
        assert proxy.busy == 0
    assert engine.versions(index) == {"a": "a#1", "c": "c#1"}
    proxy.busy = 1_000
    with pytest.raises(EngineError, match="429"):
        engine.write(index, [{"identifier": "d", "version": "d#1"}], [], 1)
    proxy.busy = 0
    engine.client.indices.delete(index=index)


def test_an_index_that_was_filled_lies_in_one_piece(elasticsearch_url):
    engine, index = Elastic(elasticsearch_url, "pieces"), "pieces-v1-1"
    engine.create(index)
    for name in "abcd":
        engine.fill(index, [{"identifier": name, "version": f"{name}#1"}], 1)
        engine._refresh(index)
    assert len(engine.client.cat.segments(index=index, format="json").body) == 4
    engine.filled(index)
    assert len(engine.client.cat.segments(index=index, format="json").body) == 1
    assert len(engine.versions(index)) == 4
    engine.client.indices.delete(index=index)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_wrong_password_is_refused(proxy, certificates, password):
    engine = Elastic(proxy.url, "tls", "elastic", password, str(certificates[0]))
    with pytest.raises(EngineError):
        engine.exists("tls-v1-1")
    assert proxy.refused


def test_a_certificate_of_an_unknown_ca_is_refused(proxy, tmp_path):
    other, _certificate, _key = make_certificates(tmp_path)
    for ca in ("", str(other)):
        with pytest.raises(EngineError, match="(?i)certificate|tls"):
            Elastic(proxy.url, "tls", "elastic", PASSWORD, ca).exists("tls-v1-1")
    assert not proxy.refused  # the password was never sent
