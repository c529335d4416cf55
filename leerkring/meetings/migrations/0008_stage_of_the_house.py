from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_present_as_a_participant")]

    operations = [
        migrations.AlterField(
            model_name="stage", name="content", field=models.BooleanField(default=True, null=True)
        ),
    ]
