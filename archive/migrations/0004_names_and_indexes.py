import django.core.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0003_authority_words'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='changeset',
            options={'ordering': ['-pk'], 'verbose_name': 'lần nhập hoặc sửa hàng loạt', 'verbose_name_plural': 'lần nhập hoặc sửa hàng loạt'},
        ),
        migrations.AlterModelOptions(
            name='citation',
            options={'ordering': ['sort_order'], 'verbose_name': 'trích dẫn nguồn', 'verbose_name_plural': 'trích dẫn nguồn'},
        ),
        migrations.AlterModelOptions(
            name='decision',
            options={'ordering': ['pk'], 'verbose_name': 'quyết định', 'verbose_name_plural': 'quyết định'},
        ),
        migrations.AlterModelOptions(
            name='notice',
            options={'ordering': ['-pk'], 'verbose_name': 'thông báo', 'verbose_name_plural': 'thông báo'},
        ),
        migrations.AlterModelOptions(
            name='placemention',
            options={'ordering': ['sort_order'], 'verbose_name': 'địa danh trên bản quét', 'verbose_name_plural': 'địa danh trên bản quét'},
        ),
        migrations.AlterModelOptions(
            name='record',
            options={'ordering': ['-updated_at'], 'permissions': [('clear_record', 'Duyệt công bố bản ghi'), ('hold_record', 'Tạm giữ bản ghi')], 'verbose_name': 'bản ghi', 'verbose_name_plural': 'bản ghi'},
        ),
        migrations.AlterModelOptions(
            name='recordagent',
            options={'ordering': ['sort_order'], 'verbose_name': 'tác nhân của bản ghi', 'verbose_name_plural': 'tác nhân của bản ghi'},
        ),
        migrations.AlterModelOptions(
            name='recordarticle',
            options={'ordering': ['sort_order'], 'verbose_name': 'điều của văn bản', 'verbose_name_plural': 'điều của văn bản'},
        ),
        migrations.AlterModelOptions(
            name='recordplace',
            options={'ordering': ['sort_order'], 'verbose_name': 'địa danh của bản ghi', 'verbose_name_plural': 'địa danh của bản ghi'},
        ),
        migrations.AlterModelOptions(
            name='recordrelation',
            options={'ordering': ['sort_order'], 'verbose_name': 'quan hệ giữa các bản ghi', 'verbose_name_plural': 'quan hệ giữa các bản ghi'},
        ),
        migrations.AlterModelOptions(
            name='recordscan',
            options={'ordering': ['sort_order'], 'verbose_name': 'bản quét của bản ghi', 'verbose_name_plural': 'bản quét của bản ghi'},
        ),
        migrations.AlterModelOptions(
            name='recordtag',
            options={'ordering': ['sort_order'], 'verbose_name': 'từ khoá của bản ghi', 'verbose_name_plural': 'từ khoá của bản ghi'},
        ),
        migrations.AlterField(
            model_name='placemention',
            name='height',
            field=models.FloatField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='cao (%)'),
        ),
        migrations.AlterField(
            model_name='placemention',
            name='width',
            field=models.FloatField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='rộng (%)'),
        ),
        migrations.AlterField(
            model_name='placemention',
            name='x',
            field=models.FloatField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='trái (%)'),
        ),
        migrations.AlterField(
            model_name='placemention',
            name='y',
            field=models.FloatField(validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='trên (%)'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['status', 'kind', 'gaps'], name='record_gaps'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['completeness', 'id', 'status', 'kind', 'gaps'], name='record_worklist'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['-updated_at', 'status'], name='record_edited'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['date_from', 'date_to', 'status'], name='record_years'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['folded', 'status'], name='record_folded'),
        ),
    ]
