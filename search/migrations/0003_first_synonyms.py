"""Abbreviations that official papers use, as the first synonyms: those whose meaning a rule of the State gives."""

from django.db import migrations

SOURCE = (
    "Nghị định 30/2020/NĐ-CP ngày 5/3/2020 của Chính phủ về công tác văn thư, Phụ lục III, mục I: bảng chữ viết tắt "
    "tên loại văn bản hành chính (bản đăng: https://luatvietnam.vn/tin-van-ban-moi/"
    "nhung-tu-duoc-viet-tat-186-24184-article.html)"
)
SHORT = (
    "QĐ\nQuyết định", "NQ\nNghị quyết", "CT\nChỉ thị", "TTr\nTờ trình", "TB\nThông báo", "CĐ\nCông điện",
)  # fmt: skip


def add(apps, schema_editor):
    groups = apps.get_model("search", "SynonymGroup").objects
    for words in SHORT:
        groups.get_or_create(words=words, defaults={"one_way": True, "note": SOURCE})


class Migration(migrations.Migration):
    dependencies = [("search", "0002_names_words_synonyms")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
