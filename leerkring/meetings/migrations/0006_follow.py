from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_calendar")]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="revision",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
    ]
