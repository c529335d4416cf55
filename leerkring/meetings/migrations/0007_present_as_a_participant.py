from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_follow")]

    operations = [
        migrations.AddField(
            model_name="present",
            name="participant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.SET_NULL,
                related_name="+",
                to="meetings.participant",
            ),
        ),
    ]
