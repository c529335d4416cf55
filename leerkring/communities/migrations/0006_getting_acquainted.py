from django.db import migrations, models


def line(label: str) -> models.CharField:  # type: ignore[type-arg]
    return models.CharField(blank=True, default="", max_length=200, verbose_name=label)


class Migration(migrations.Migration):
    dependencies = [("communities", "0005_ways_in")]

    operations = [
        migrations.AddField("membership", "gives", line("Ik geef…"), preserve_default=False),
        migrations.AddField("membership", "shows", line("Ik kan laten zien…"), preserve_default=False),
        migrations.AddField("membership", "curious", line("Ik ben benieuwd naar…"), preserve_default=False),
        migrations.AddField(
            "membership", "introduced_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "membership", "introduction_declined", models.BooleanField(default=False, editable=False)
        ),
    ]
