from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("goals", "0001_goals"),
    ]

    operations = [
        migrations.AddField(
            model_name="goal",
            name="reminded_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
