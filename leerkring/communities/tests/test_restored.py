"""After a backup was put back: what it still had to mail may have gone out long ago, and does not go again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction

from leerkring import clock
from leerkring.communities.mail import rounds
from leerkring.communities.models import Arrival, Digest, Door, ExceptionalAct, Invitation, Notice
from leerkring.communities.models import NoticePreference as Preference
from leerkring.communities.notices import Rhythm
from leerkring.jobs import vanished
from leerkring.jobs.worker import Worker
from tests.cast import LAST_WEEK, NOW, Cast

pytestmark = pytest.mark.django_db


def put_back() -> None:
    """As `vanish_again` does, when nothing vanished since the backup."""
    with transaction.atomic():
        for function in vanished.after_restore:
            function(LAST_WEEK)


def mail_of_a_week() -> list[str]:
    for hour in range(8 * 24):
        with clock.at(NOW + timedelta(hours=hour)):
            rounds.go()
    return sorted({one.to[0].split("@")[0] for one in mail.outbox})


def test_notices_of_before_are_not_mailed_and_stay_in_the_inbox(cast: Cast) -> None:
    assert Notice.objects.unmailed().exists()
    unread = Notice.objects.unread().count()
    put_back()
    Preference.choose(cast.anna, Rhythm.AT_ONCE, community=cast.regenboog.community)
    assert mail_of_a_week() == []
    assert Notice.objects.unread().count() == unread


def test_a_mail_that_was_under_way_is_not_tried_again(cast: Cast) -> None:
    Digest.claim(cast.anna, list(cast.anna.notices.values_list("pk", flat=True)), at=NOW)
    Digest.claim(cast.bram, list(cast.bram.notices.values_list("pk", flat=True)), at=NOW)
    Digest.objects.get(user=cast.bram).start(at=NOW)
    put_back()
    assert set(Digest.objects.values_list("state", flat=True)) == {"unsure"}
    assert mail_of_a_week() == []


def test_what_is_told_after_it_is_mailed(cast: Cast) -> None:
    put_back()
    ExceptionalAct.note(ExceptionalAct.Kind.BACKUP_RESTORED, by=None, at=NOW)
    assert {"anna", "olga", "beheer", "lotte"} <= set(mail_of_a_week())


def test_an_invitation_or_a_code_of_before_is_not_mailed(cast: Cast) -> None:
    side, fatima = cast.regenboog, cast.regenboog.member(cast.fatima)
    invitation = Invitation.make(side.community, email="noor@school.test", by=fatima)
    Door.open(side.community, days=3, by=fatima).ask(email="teun@school.test", name="Teun")
    put_back()
    worker = Worker()
    while worker.one():
        pass
    assert mail.outbox == []
    assert not Arrival.objects.exists()
    invitation.refresh_from_db()
    assert invitation.mail == Invitation.Mail.FAILED
    invitation.send_again()
    while worker.one():
        pass
    assert [one.to for one in mail.outbox] == [["noor@school.test"]]
