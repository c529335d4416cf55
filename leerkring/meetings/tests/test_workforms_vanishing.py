"""A group's own work forms go with the group, and with the only one who worked on them."""

from __future__ import annotations

import pytest
from django.db import transaction

from leerkring.communities import erasing
from leerkring.meetings import workform_vanishing
from leerkring.meetings.models import OwnForm
from leerkring.meetings.shipped import shipped
from leerkring.people.models import User
from tests.cast import Side

FORM = shipped()["bordsessie"]


def test_with_its_community_its_forms_go_and_those_of_another_stay(
    anna: User, olga: User, regenboog: Side, baken: Side
) -> None:
    OwnForm.keep(by=regenboog.member(anna), form=FORM)
    theirs = OwnForm.keep(by=baken.member(olga), form=FORM)
    with transaction.atomic():
        workform_vanishing.of_community(regenboog.community)
    assert OwnForm.objects.get() == theirs


@pytest.mark.parametrize("texts_too", [False, True])
def test_a_form_of_one_person_goes_when_they_chose_so_and_one_of_more_stays(
    anna: User, bram: User, regenboog: Side, texts_too: bool
) -> None:
    alone, together = (OwnForm.keep(by=regenboog.member(anna), form=FORM) for _ in range(2))
    together.revise(by=regenboog.member(bram), seen=0, form=FORM)
    erasing.erase(anna, by=anna, texts_too=texts_too)
    assert OwnForm.objects.filter(pk=alone.pk).exists() is not texts_too
    assert OwnForm.objects.filter(pk=together.pk).exists()
