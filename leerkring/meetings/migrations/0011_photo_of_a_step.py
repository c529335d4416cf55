from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0010_item_added_at")]

    operations = [
        migrations.AddField(
            model_name="handout",
            name="step",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
    ]
