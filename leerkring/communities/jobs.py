"""Work of communities: mails, questions that close, days that come, and clearing at night."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from smtplib import SMTPRecipientsRefused

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.db.models import Q

from leerkring import clock
from leerkring.communities import mails
from leerkring.communities.ending import vanish, vanish_outdated
from leerkring.communities.erasing import erase_again
from leerkring.communities.mail import rounds
from leerkring.communities.models import (
    Admission,
    Arrival,
    Community,
    Digest,
    Door,
    ExceptionalAct,
    Invitation,
    Notice,
)
from leerkring.communities.models.admission import PAUSE
from leerkring.communities.presence import note_away, note_back
from leerkring.jobs.queue import daily, every, handles
from leerkring.jobs.run import MAX_ATTEMPTS, Run
from leerkring.jobs.vanished import restored, vanishes
from leerkring.people.models import Away, User
from leerkring.people.models.away import BACK, TURN, midnight

Mail = Invitation.Mail
#: Long enough to find something back; what nobody opened in a year, nobody will.
READ_STAYS, UNREAD_STAYS = timedelta(days=90), timedelta(days=365)
#: How many mails went, and how they ended, is known so long.
DIGEST_STAYS = timedelta(days=400)


@handles("communities.mail_invitation")
def mail_invitation(run: Run) -> None:
    """Once for each asking: what was handed over when the power went may have arrived, and is not sent again."""
    found = Invitation.objects.select_related("community", "by__user")
    invitation = found.filter(pk=run.payload["invitation"]).first()
    if invitation is None:
        return
    if invitation.community.ended_at or not invitation.mark(Mail.SENDING, was=[Mail.WAITING]):
        # Of what is ended nothing goes out: put back, who invites reads that it did not go.
        invitation.mark(Mail.FAILED, was=[Mail.WAITING, Mail.SENDING])
        return
    try:
        mails.send_invitation(invitation)
    except Exception as problem:
        hopeless = isinstance(problem, SMTPRecipientsRefused) or run.job.attempts >= MAX_ATTEMPTS
        invitation.mark(Mail.FAILED if hopeless else Mail.WAITING, was=[Mail.SENDING])
        if hopeless:
            return
        raise
    with transaction.atomic():
        invitation.mark(Mail.SENT, was=[Mail.SENDING])
        run.complete()


@handles("communities.mail_code")
def mail_code(run: Run) -> None:
    """A new code at every try: the one before may not have arrived."""
    arrival = (
        Arrival.objects.select_related("door__community", "invitation__community")
        .filter(pk=run.payload["arrival"])
        .first()
    )
    if arrival is None or arrival.community.ended_at:
        return
    if run.payload.get("code", arrival.codes) != arrival.codes:
        return  # another was asked for, which is work of its own
    code = get_adapter().generate_login_code()
    if arrival.keep_code(code):
        mails.send_code(arrival, code)


@handles("communities.close_admission")
def close_admission(run: Run) -> None:
    with transaction.atomic():
        admission = Admission.objects.select_related("community__school", "user", "member")
        found = admission.filter(pk=run.payload["admission"]).first()
        if found:
            found.close()
        run.complete()


@daily("communities.clear_ways_in", at=time(3, 30))
def clear_ways_in(run: Run) -> None:
    """Whoever did not come was never here."""
    now = clock.now()
    for invitation in Invitation.objects.expired().select_related("community"):
        invitation.take_back()
    Arrival.objects.filter(asked_at__lt=now - timedelta(hours=1)).delete()
    for door in Door.objects.filter(opened_at__lt=now - timedelta(days=1)).select_related("community"):
        if not door.is_open:
            door.close()
    Admission.objects.filter(outcome=Admission.Outcome.NOT_NOW, closes_at__lt=now - PAUSE).delete()


@handles(TURN)
def away_turns(run: Run) -> None:
    """The day has come on which someone is away, or is back. Nothing when the period was cancelled."""
    today = clock.today()
    with transaction.atomic():
        away = Away.objects.select_for_update().filter(pk=run.payload["away"]).first()
        over = away and away.last_day < today
        if away and not away.began and away.first_day <= today:
            note_away(away.user, at=min(max(midnight(away.first_day), away.planned_at), clock.now()))
            Away.objects.filter(pk=away.pk).update(began=True)
            away.began = True
            if not over:
                away.wait_for_turn()
        if away and over:
            note_back(away.user, at=midnight(away.last_day + timedelta(days=1)))
            away.delete()
        run.complete()


@handles(BACK)
def away_back(run: Run) -> None:
    """Someone who was away said to be back."""
    with transaction.atomic():
        if user := User.objects.filter(pk=run.payload["user"]).first():
            note_back(user, at=clock.now())
        run.complete()


@every("communities.mail", minutes=5)
def mail(run: Run) -> None:
    """Tells by mail what became due."""
    if rounds.go():
        run.complete(again=clock.now())


@daily("communities.clear_inboxes", at=time(3, 30))
def clear_inboxes(run: Run) -> None:
    """Old notices go; and whose days as a guest ended is told no number any more."""
    now = clock.now()
    Notice.objects.filter(Q(read_at__lt=now - READ_STAYS) | Q(at__lt=now - UNREAD_STAYS)).delete()
    Digest.objects.filter(ended_at__lt=now - DIGEST_STAYS, notices=None).delete()
    waits = Q(pk__in=Notice.objects.unread().values("user"))
    for pk in User.objects.filter(Q(unread__gt=0) | waits).values_list("pk", flat=True):
        Notice.count_unread([pk])


@daily("communities.vanish", at=time(3, 50))
def vanish_ended(run: Run) -> None:
    """Communities that were ended a month ago, and exceptional acts of three years ago."""
    vanish_outdated()
    ExceptionalAct.objects.outdated().delete()


@restored
def mail_nothing_twice(_backup: datetime) -> None:
    """Since the backup mail went out of which it knows nothing. In the inbox everything is still unread; of an
    invitation the facilitator reads that it did not go, and can send it again."""
    now = clock.now()
    Digest.give_up_all(at=now)
    for invitation in Invitation.objects.select_related("community"):
        invitation.mark(Mail.FAILED, was=[Mail.WAITING, Mail.SENDING])
    Arrival.objects.all().delete()  # a code works for a quarter of an hour


@vanishes("community")
def community_again(reference: str) -> None:
    found = Community.objects.filter(pk=int(reference)).first()
    if found is not None:
        vanish(found)


@vanishes("person")
def person_again(reference: str) -> None:
    erase_again(reference, texts_too=False)


@vanishes("person_and_texts")
def person_and_texts_again(reference: str) -> None:
    erase_again(reference, texts_too=True)
