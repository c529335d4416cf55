from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0003_everyone_comes_from_a_school"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="communities_membership_is_someone",
        ),
        migrations.AddField(
            model_name="community",
            name="ended_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="community",
            name="log_version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="exceptionalact",
            name="at_server",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="membership",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="exceptionalact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sign_in_link", "maakte een inloglink"),
                    ("address_changed", "veranderde het e-mailadres"),
                    ("switched_off", "zette het account uit"),
                    ("switched_on", "zette het account weer aan"),
                    ("administrator_made", "gaf het beheer"),
                    ("administrator_ended", "beëindigde het beheer"),
                    ("appointed", "wees iemand aan bij een school"),
                    ("appointment_ended", "beëindigde een functie bij een school"),
                    ("community_opened", "opende de leergemeenschap"),
                    ("sessions_ended", "meldde een account overal af"),
                    ("second_step_off", "haalde de tweede stap bij het inloggen weg"),
                    ("person_erased", "wiste een account, op verzoek van wie het was"),
                    ("backup_restored", "zette een reservekopie terug"),
                    ("counting_on", "legde vast dat de MR of OR instemt met de cijfers"),
                    ("counting_off", "trok de instemming van de MR of OR in: de cijfers gingen uit"),
                ],
                max_length=30,
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("user__isnull", False),
                    ("code__isnull", False),
                    ("erased_at__isnull", False),
                    _connector="OR",
                ),
                name="communities_membership_is_someone",
            ),
        ),
    ]
