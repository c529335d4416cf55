import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_photo_away_sessions"), ("meetings", "0011_photo_of_a_step")]

    operations = [
        migrations.AddField(
            model_name="device",
            name="session",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.session",
            ),
        ),
    ]
