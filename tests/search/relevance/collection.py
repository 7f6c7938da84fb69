"""The demonstration collection as it stands cleared, from the same facts as `make demo`, without its drawings."""

from archive import edition
from archive.demo import authorities, facts, fates, records
from archive.models import Record
from archive.records import save_record
from tests.search.standing import publish


def stand(cataloguer, reviewer) -> int:
    """Clear an edition of each record that the demonstration clears. Out: how many."""
    collection = facts.read()
    authorities.load(collection)
    standing = [item for item in collection.items if fates.plan(item["identifier"]) == fates.CLEARED]
    for item in standing:
        record = records.build(item, scan=None)
        record.scans = []
        save_record(record, cataloguer)
        publish(edition.build(Record.objects.get(pk=record.pk), 1), reviewer)
    return len(standing)
