"""What brings schools together: the boards they are of, and the networks they learn in. The administrator's."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerkring.network.access import administrator, board_for, network_for
from leerkring.network.forms import BoardForm, NetworkForm
from leerkring.network.models import Board, Network
from leerkring.people.access import person


@require_http_methods(["GET", "HEAD", "POST"])
def boards(request: HttpRequest) -> HttpResponse:
    """All boards, and adding one."""
    administrator(person(request))
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        board = form.save()
        messages.success(request, _("%(name)s is toegevoegd.") % {"name": board.name})
        return redirect("network:boards")
    found = Board.objects.annotate(number=Count("schools"))
    return render(request, "network/boards.html", {"boards": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest, board_id: int) -> HttpResponse:
    """A board's schools, and another name for it."""
    found = board_for(person(request), board_id)
    name = found.name
    form = BoardForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("De gegevens van %(name)s zijn bewaard.") % {"name": found.name})
        return redirect("network:boards")
    context = {"board": found, "name": name, "schools": found.schools.all(), "form": form}
    return render(request, "network/board.html", context)


@require_POST
def close_board(request: HttpRequest, board_id: int) -> HttpResponse:
    found = board_for(person(request), board_id)
    found.close()
    messages.success(request, _("Het bestuur %(name)s is weggehaald.") % {"name": found.name})
    return redirect("network:boards")


@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    administrator(person(request))
    found = Network.objects.prefetch_related("schools")
    return render(request, "network/networks.html", {"networks": found})


@require_http_methods(["GET", "HEAD", "POST"])
def open_network(request: HttpRequest) -> HttpResponse:
    administrator(person(request))
    form = NetworkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        network = Network.open(**form.cleaned_data)
        messages.success(request, _("%(name)s is toegevoegd.") % {"name": network.name})
        return redirect("network:networks")
    return render(request, "network/network.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def network(request: HttpRequest, network_id: int) -> HttpResponse:
    """Another name, aim or other schools."""
    found = network_for(person(request), network_id)
    name = found.name
    form = NetworkForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        found.revise(**form.cleaned_data)
        messages.success(request, _("De gegevens van %(name)s zijn bewaard.") % {"name": found.name})
        return redirect("network:networks")
    return render(request, "network/network.html", {"network": found, "name": name, "form": form})


@require_POST
def close_network(request: HttpRequest, network_id: int) -> HttpResponse:
    found = network_for(person(request), network_id)
    found.close()
    messages.success(request, _("Het netwerk %(name)s is weggehaald.") % {"name": found.name})
    return redirect("network:networks")
