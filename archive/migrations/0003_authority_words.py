from django.db import migrations, models

from archive.folding import fold


def fill(apps, schema_editor):
    """Write the searched column of the authorities that are there."""
    names = apps.get_model("archive", "PlaceName")
    for model in ("Agent", "Institution", "Place", "Source", "Tag"):
        rows = []
        for row in apps.get_model("archive", model).objects.iterator(chunk_size=500):
            words = [row.key, row.name_vi, row.name_en, getattr(row, "other_names", "")]
            if model == "Place":
                words += names.objects.filter(place_id=row.pk).order_by("sort_order", "pk").values_list("text", flat=True)
            row.folded = fold(" ".join(word or "" for word in words))
            rows.append(row)
        apps.get_model("archive", model).objects.bulk_update(rows, ["folded"], batch_size=200)


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0002_catalogue"),
    ]

    operations = [
        migrations.AddField(
            model_name="agent",
            name="folded",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="institution",
            name="folded",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="mergedauthority",
            name="old_id",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="mergedauthority",
            name="public",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="place",
            name="folded",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="source",
            name="folded",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="tag",
            name="folded",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
