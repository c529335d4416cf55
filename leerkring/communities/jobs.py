"""What the communities of a person are told when being away begins or is over."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from leerkring import clock
from leerkring.communities.presence import note_away, note_back
from leerkring.jobs.queue import handles
from leerkring.jobs.run import Run
from leerkring.people.models import Away, User
from leerkring.people.models.away import BACK, TURN, midnight


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
