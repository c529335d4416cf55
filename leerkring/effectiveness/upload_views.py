"""A mirror from a file: choose it, see how we read it, confirm, look."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.communities.access import led_schools
from leerkring.effectiveness import words
from leerkring.effectiveness.access import upload_for
from leerkring.effectiveness.forms import MappingForm, UploadForm
from leerkring.effectiveness.models import Upload
from leerkring.engine.exports import Reading, Unreadable, guess_mapping, read_table
from leerkring.jobs.models import Job
from leerkring.people.access import person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the file. For who facilitates: the new community is at a school where they do so already."""
    user = person(request)
    schools = led_schools(user)
    if not schools.exists():
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        kept = Upload.keep(by=user, **form.cleaned_data)
        return redirect("effectiveness:columns", kept.pk)
    return render(request, "effectiveness/upload.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, upload_id: int) -> HttpResponse:
    """How we read the file: which column is which, and which rows are set apart. Nothing is stored yet."""
    kept = upload_for(person(request), upload_id)
    if kept.job_id:
        return redirect("effectiveness:making", kept.pk)
    form, reading, problem = _look(request, kept)
    if request.method == "POST" and reading and "maak" in request.POST:
        kept.confirm(mapping=reading.mapping, order=reading.order)
        return redirect("effectiveness:making", kept.pk)
    context = {"upload": kept, "form": form, "problem": problem, **_told(reading)}
    return render(request, "effectiveness/columns.html", context)


def _look(request: HttpRequest, kept: Upload) -> tuple[MappingForm, Reading | None, str]:
    """The form with the mapping said or guessed, and the reading under it, or the sentence why not."""
    interactions, members = kept.files()
    table = read_table(interactions, "interactions")
    named = read_table(members, "members") if members is not None else None
    member_columns = named.header if named else None
    form = MappingForm(request.POST or None, columns=table.header, member_columns=member_columns)
    try:
        if request.method == "POST":
            if form.data.get("counterpart"):
                form.leave_out_posts()
            if not form.is_valid():
                return form, None, ""
            return form, kept.read(form.mapping, form.order_chosen), ""
        reading = kept.read(None, None)
    except Unreadable as problem:
        form.initial = form.initial or asdict(guess_mapping(table.header, table.sample()))
        return form, None, words.refusal(problem, at_form=True)
    form.initial = {**asdict(reading.mapping), "order": ""}
    if reading.mapping.counterpart:
        form.leave_out_posts()
    return form, reading, ""


def _told(reading: Reading | None) -> dict[str, Any]:
    """What the owner should know of the reading before trusting it."""
    if reading is None:
        return {}
    return {
        "reading": reading,
        "first": min(c.at for c in reading.contacts),
        "last": max(c.at for c in reading.contacts),
        "skipped": [
            (words.SKIPS[reason], len(lines), words.ranges(lines, 30))
            for rows in (reading.rows, reading.member_rows)
            if rows
            for reason, lines in rows.skipped.items()
            if lines
        ],
        "order_words": words.ORDERS.get(reading.order or "", ""),
        "ground_words": words.GROUNDS[reading.ground],
    }


@never_cache
@require_safe
def making(request: HttpRequest, upload_id: int) -> HttpResponse:
    """How far it is; then the mirror."""
    kept = upload_for(person(request), upload_id)
    if kept.community_id:
        return redirect("effectiveness:mirror", kept.community_id)
    if kept.job is None:
        return redirect("effectiveness:columns", kept.pk)
    failed = kept.job.state == Job.State.FAILED
    response = render(
        request, "effectiveness/making.html", {"upload": kept, "job": kept.job, "failed": failed}
    )
    if not failed:
        response["Refresh"] = "2"
    return response


@require_POST
def discard(request: HttpRequest, upload_id: int) -> HttpResponse:
    """Away with the file; nothing was stored."""
    kept = upload_for(person(request), upload_id)
    if kept.community_id is None:
        kept.discard()
        messages.success(request, _("Het bestand is weg. Er is niets bewaard."))
    return redirect("today:home")
