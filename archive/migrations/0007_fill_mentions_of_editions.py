"""Rows of mentions for the editions that stand already, as clearing writes them since 0006."""

import json

from django.db import migrations, transaction

BATCH = 200
UNDATED = 10_000


def fill(apps, schema_editor):
    editions = apps.get_model("archive", "Edition")
    mentions = apps.get_model("archive", "EditionMention")
    last = 0
    while batch := list(editions.objects.filter(pk__gt=last).order_by("pk").only("pk", "document")[:BATCH]):
        with transaction.atomic():
            mentions.objects.filter(edition__in=batch).delete()  # cut off before, it goes on
            mentions.objects.bulk_create(mentions(**row) for edition in batch for row in rows(edition))
        last = batch[-1].pk


def rows(edition):
    document = json.loads(edition.document)
    date = document["date"] or {"from": None, "to": None}
    years = [year for year in (date["from"], date["to"]) if year is not None] or [UNDATED]
    for scan_index, scan in enumerate(document["scans"]):
        for number, mention in enumerate(scan["mentions"]):
            yield {
                "edition_id": edition.pk,
                "key": mention["place"],
                "scan": scan_index,
                "number": number,
                "identifier": document["identifier"],
                "name": mention["name"],
                "reading": mention["reading"],
                "lang": mention["lang"],
                "sort_from": years[0],
                "sort_to": years[-1],
            }


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("archive", "0006_mentions_of_editions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
