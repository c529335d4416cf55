from django.db import migrations, models

import leerkring.clock


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_unclaimed")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="added_at",
            field=models.DateTimeField(default=leerkring.clock.now, editable=False),
        ),
    ]
