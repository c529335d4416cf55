"""A Django site of four addresses behind the real router and server, in a process of its own, so that a test
can send it what no browser would: `python -m leerkring.site.tests.stand_in FOLDER PORT`.

What `write/` receives is appended to FOLDER/written; the log goes to FOLDER/log.
"""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from leerkring.site import logs, server
from leerkring.site.asgi import Router
from leerkring.site.bridge import WSGIApplication

#: Far more than the kernel holds for a reader that reads nothing; it comes in pieces.
LARGE, PIECE = 8 * 1024 * 1024, 64 * 1024

FOLDER = Path(sys.argv[1]) if __name__ == "__main__" else Path()


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a page")


def write(request: HttpRequest) -> HttpResponse:
    with (FOLDER / "written").open("a", encoding="utf-8") as file:
        file.write(f"{len(request.POST.get('text', ''))} {sorted(request.POST)} {len(request.FILES)}\n")
    return HttpResponse("written")


def large(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(b"x" * PIECE for _ in range(LARGE // PIECE))


def fail(request: HttpRequest, name: str) -> HttpResponse:
    password = request.POST["password"]
    raise RuntimeError(f"{name} {password} {request.GET}")


urlpatterns = [
    path("page/", page, name="page"),
    path("write/", write, name="write"),
    path("large/", large, name="large"),
    path("fail/<str:name>/", fail, name="fail"),
]


def prepare() -> WSGIApplication:
    import django
    from django.core.wsgi import get_wsgi_application

    settings.configure(
        SECRET_KEY="stand-in",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=["leerkring.site.middleware.RequestLog"],
        DATA_UPLOAD_MAX_MEMORY_SIZE=None,
        LOGGING_CONFIG=None,
    )
    django.setup()
    logs.configure(level="INFO", file=str(FOLDER / "log"))
    return get_wsgi_application()


def main() -> None:
    application = prepare()
    router = Router(lambda say: application)
    server.run(router, server.listen("127.0.0.1", int(sys.argv[2])))


if __name__ == "__main__":
    main()
