from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def from_the_school_of_the_community(apps: Any, schema_editor: Any) -> None:
    Community = apps.get_model("communities", "Community")
    Membership = apps.get_model("communities", "Membership")
    taking_part = Community.schools.through
    taking_part.objects.bulk_create(
        [
            taking_part(community_id=pk, school_id=school)
            for pk, school in Community.objects.values_list("pk", "school")
        ],
        ignore_conflicts=True,
    )
    own = Community.objects.filter(pk=OuterRef("community")).values("school")
    Membership.objects.filter(school=None).exclude(role="guest").update(school=Subquery(own))


class Migration(migrations.Migration):
    dependencies = [("communities", "0002_schools_notices_oversight")]

    operations = [migrations.RunPython(from_the_school_of_the_community, migrations.RunPython.noop)]
