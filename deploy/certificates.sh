#!/bin/bash
# Runs once in the Elasticsearch image: a certificate authority and the node's certificate, ten years.
set -euo pipefail
cd /usr/share/elasticsearch
target=config/certificates
if [ -s "$target/elasticsearch.crt" ] && [ -s "$target/ca.crt" ]; then
    exit 0
fi
work=$(mktemp -d)
bin/elasticsearch-certutil ca --silent --pem --days 3650 --out "$work/ca.zip"
unzip -q "$work/ca.zip" -d "$work"
bin/elasticsearch-certutil cert --silent --pem --days 3650 --out "$work/node.zip" --name elasticsearch \
    --dns elasticsearch --dns localhost --ip 127.0.0.1 --ca-cert "$work/ca/ca.crt" --ca-key "$work/ca/ca.key"
unzip -q "$work/node.zip" -d "$work"
# The authority's key isn't kept: nobody can sign a second certificate with it.
cp "$work/elasticsearch/elasticsearch.key" "$work/elasticsearch/elasticsearch.crt" "$work/ca/ca.crt" "$target/"
# The application reads ca.crt alone, as another user; the node's key is for the node.
chown 1000:0 "$target"/*
chmod 755 "$target"
chmod 640 "$target/elasticsearch.key"
chmod 644 "$target/elasticsearch.crt" "$target/ca.crt"
rm -rf "$work"
