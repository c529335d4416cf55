"""What cannot be done is said kindly, changes nothing, and loses nothing that was typed."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, ValidationError
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import gettext_lazy, override

from leerkring.ui import errors
from leerkring.ui.middleware import Refusals
from leerkring.ui.refusal import Refused

TYPED = "Ik laat eerst iemand het foute antwoord verdedigen. <b>Dan</b> durven de anderen."


def request_with(data: dict[str, str] | None = None, **headers: str) -> HttpRequest:
    factory = RequestFactory()
    request = factory.post("/doen/", data, headers=headers) if data is not None else factory.get("/doen/")
    request.user = AnonymousUser()
    return request


def answer(request: HttpRequest, problem: Exception) -> HttpResponse:
    with override("nl"):
        response = Refusals(lambda _request: HttpResponse()).process_exception(request, problem)
    assert response is not None
    return response


class TestRefused:
    def test_is_a_page_with_its_own_sentence(self) -> None:
        response = answer(request_with({}), Refused("Deze ronde is al gesloten."))
        assert response.status_code == 409
        assert "Deze ronde is al gesloten." in response.content.decode()
        assert "<!doctype html>" in response.content.decode()

    def test_so_is_what_two_did_at_the_same_moment(self, caplog: pytest.LogCaptureFixture) -> None:
        response = answer(request_with({"tekst": TYPED}), IntegrityError("UNIQUE constraint failed: t.email"))
        assert response.status_code == 409
        assert "op hetzelfde moment" in response.content.decode()
        assert "&lt;b&gt;Dan&lt;/b&gt; durven" in response.content.decode()
        assert [record.getMessage() for record in caplog.records] == ["write.collided"]

    def test_so_is_what_a_verb_finds_wrong_after_its_form(self) -> None:
        response = answer(request_with({}), ValidationError({"email": ["Dit adres is er al."]}))
        assert (response.status_code, "Dit adres is er al." in response.content.decode()) == (409, True)

    def test_speaks_the_language_of_who_reads_it(self) -> None:
        refusal = Refused(gettext_lazy("Yes"))
        with override("nl"):
            assert str(refusal) == "Ja"
        with override("en"):
            assert str(refusal) == "Yes"

    def test_gives_back_what_was_typed_as_text(self) -> None:
        html = answer(request_with({"tekst": TYPED}), Refused("Dat kan nu niet.")).content.decode()
        assert "&lt;b&gt;Dan&lt;/b&gt; durven" in html
        assert "readonly" in html

    def test_is_put_where_messages_are_read_when_part_of_a_page_asked(self) -> None:
        response = answer(request_with({}, HX_Request="true"), Refused("Dat kan nu niet."))
        assert response.headers["HX-Retarget"] == "#messages"
        assert "<!doctype" not in response.content.decode()

    def test_its_words_are_escaped(self) -> None:
        html = answer(request_with({}, HX_Request="true"), Refused("<i>nee</i>")).content.decode()
        assert "&lt;i&gt;nee" in html


@pytest.mark.parametrize(
    ("problem", "status"),
    [(RequestDataTooBig("big"), 413), (SuspiciousOperation("odd"), 400)],
    ids=["too large", "malformed"],
)
def test_a_request_that_cannot_be_read_gets_a_friendly_page(problem: Exception, status: int) -> None:
    response = answer(request_with({}), problem)
    assert response.status_code == status
    assert "<h1>" in response.content.decode()


def test_other_problems_are_not_hidden() -> None:
    assert Refusals(lambda _request: HttpResponse()).process_exception(request_with(), ValueError()) is None


class TestExpiredForm:
    def page(self, data: dict[str, str]) -> str:
        with override("nl"):
            response = errors.csrf_failure(request_with(data), "CSRF cookie not set.")
        assert response.status_code == 403
        return response.content.decode()

    def test_keeps_what_was_typed(self) -> None:
        assert "het foute antwoord verdedigen. &lt;b&gt;" in self.page({"tekst": TYPED})

    def test_never_shows_a_password_or_the_reason(self) -> None:
        html = self.page({"password": "correct paard batterij", "new_password1": "een ander geheim woord"})
        assert "paard" not in html
        assert "geheim" not in html
        assert "cookie not set" not in html

    def test_says_nothing_of_texts_when_there_were_none(self) -> None:
        assert "<textarea" not in self.page({"soort": "vraag"})


class TestErrorPages:
    @pytest.mark.parametrize(("view", "status"), [(errors.not_found, 404), (errors.forbidden, 403)])
    def test_say_what_to_do(
        self, view: Callable[[HttpRequest, Exception], HttpResponse], status: int
    ) -> None:
        response = view(request_with(), Exception())
        assert response.status_code == status
        assert 'href="/"' in response.content.decode()

    def test_what_was_written_in_what_is_gone_meanwhile_comes_along(self) -> None:
        html = errors.not_found(request_with({"text": "Mijn hele verhaal"}), Exception()).content.decode()
        assert "Mijn hele verhaal" in html
        assert "Open de pagina opnieuw" not in html

    def test_the_last_one_needs_no_request_and_no_database(self) -> None:
        response = errors.server_error(request_with())
        assert response.status_code == 500
        assert 'class="brand"' in response.content.decode()

    def test_the_last_one_survives_a_broken_template(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(name: str) -> str:
            raise RuntimeError(name)

        monkeypatch.setattr(errors, "render_to_string", broken)
        response = errors.server_error(request_with())
        assert "Er ging iets mis" in response.content.decode()


class TestKeptDrafts:
    """The cookie that tells the browser that a text is safe, so that it may forget its own copy."""

    TOKEN = "0123456789abcdef01234567"

    def cookie(self, response: HttpResponse, *, token: str = TOKEN, **headers: str) -> str:
        request = request_with({"draft-token": token}, **headers)
        answered = Refusals(lambda _request: response)(request)
        assert isinstance(answered, HttpResponse)
        return answered.cookies["saved"].value if "saved" in answered.cookies else ""

    def test_is_sent_when_the_form_led_on(self) -> None:
        assert self.cookie(HttpResponseRedirect("/gesprekken/3/")) == self.TOKEN

    def test_is_not_sent_when_the_form_came_back_with_errors(self) -> None:
        assert self.cookie(HttpResponse("nog eens")) == ""

    def test_is_not_sent_when_someone_has_to_sign_in_first(self) -> None:
        assert self.cookie(HttpResponseRedirect(reverse("account_login") + "?next=/doen/")) == ""

    def test_is_sent_when_part_of_a_page_was_answered(self) -> None:
        assert self.cookie(HttpResponse("klaar"), HX_Request="true") == self.TOKEN

    def test_is_not_sent_when_part_of_a_page_was_refused(self) -> None:
        assert self.cookie(HttpResponse("nee", status=422), HX_Request="true") == ""

    @pytest.mark.parametrize("token", ["", "a; Path=/", "x" * 24, "0" * 400])
    def test_never_carries_what_the_browser_did_not_make(self, token: str) -> None:
        assert self.cookie(HttpResponseRedirect("/"), token=token) == ""


class TestDiskFull:
    @pytest.mark.parametrize(
        "error",
        [OSError(errno.ENOSPC, "x"), OSError(errno.EDQUOT, "x"), sqlite3.OperationalError("full")],
        ids=["space", "quota", "SQLite"],
    )
    def test_is_said_and_what_was_typed_comes_along(self, error: Exception) -> None:
        if isinstance(error, sqlite3.OperationalError):
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
        response = after(error, request_with({"tekst": TYPED}))
        assert response.status_code == 507
        assert "Wat je typte, staat nog op dit apparaat" in response.content.decode()
        assert "durven de anderen" in response.content.decode()

    def test_is_a_fragment_when_part_of_a_page_asked(self) -> None:
        response = after(OSError(errno.ENOSPC, "x"), request_with({"tekst": TYPED}, HX_Request="true"))
        assert (response.status_code, response.headers["HX-Retarget"]) == (507, "#messages")

    def test_any_other_failure_is_ours(self) -> None:
        assert after(OSError(errno.EIO, "x"), request_with({})).status_code == 500


def after(error: Exception, request: HttpRequest) -> HttpResponse:
    """What is answered when a view, or something below it, raised this."""
    with override("nl"):
        try:
            raise OperationalError("wrapped") from error
        except OperationalError:
            return errors.server_error(request)
