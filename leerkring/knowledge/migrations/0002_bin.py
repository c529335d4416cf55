import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0008_ended_erased_oversight"),
        ("knowledge", "0001_conversations"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="removed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="removed_because",
            field=models.CharField(blank=True, max_length=300, verbose_name="waarom?"),
        ),
        migrations.AddField(
            model_name="conversation",
            name="removed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="communities.membership",
            ),
        ),
    ]
