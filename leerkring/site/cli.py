"""The command `leerkring`. What it needs of Django is imported only when a subcommand runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from leerkring.upkeep.arguments import COMMANDS as UPKEEP

Run = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}. See {self.prog} --help.", file=sys.stderr)  # noqa: T201
        raise SystemExit(2)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (1 to 65535)")
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    if options.demo:
        os.environ["LEERKRING_DEMO"] = "1"
    os.environ.setdefault("LEERKRING_BASE_URL", f"http://localhost:{options.port}")
    from leerkring.site import serve

    return serve.run(host=options.host, port=options.port, work=not options.no_work)


def _work(options: argparse.Namespace) -> int:
    from leerkring.site import serve

    return serve.work()


def _demo(options: argparse.Namespace) -> int:
    os.environ["LEERKRING_DEMO"] = "1"
    from leerkring.site import serve

    return serve.make_demo()


def _add_serve(parser: argparse.ArgumentParser) -> Run:
    default = os.environ.get("PORT", "")
    parser.add_argument(
        "--port",
        type=_port,
        default=default or "8000",
        help="the port to listen at (default: $PORT or 8000)",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen at (default: this machine only)"
    )
    parser.add_argument("--demo", action="store_true", help="make the demo when it is absent, and serve it")
    parser.add_argument("--no-work", action="store_true", help="leave the jobs to `leerkring work`")
    return _serve


def _add_nothing(run: Run) -> Callable[[argparse.ArgumentParser], Run]:
    return lambda parser: run


def _add_assess(parser: argparse.ArgumentParser) -> Run:
    from leerkring.site import assess

    assess.add_arguments(parser)
    return assess.run


def _add_coach(parser: argparse.ArgumentParser) -> Run:
    from leerkring.site import coach

    coach.add_arguments(parser)
    return coach.run


def _add_guard(parser: argparse.ArgumentParser) -> Run:
    from leerkring.site import guard

    guard.add_arguments(parser)
    return guard.run


def _add_upkeep(name: str) -> Callable[[argparse.ArgumentParser], Run]:
    def run(options: argparse.Namespace) -> int:
        from leerkring.site import serve

        return serve.keep_up(name, options)

    def add(parser: argparse.ArgumentParser) -> Run:
        UPKEEP[name][1](parser)
        return run

    return add


#: name → what it does, and the function that adds its options and returns what runs it.
COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], Run]]] = {
    "serve": ("serve Leerkring, jobs included", _add_serve),
    "work": ("do the jobs, apart from serving", _add_nothing(_work)),
    "demo": ("make the demo when it is absent", _add_nothing(_demo)),
    **{name: (help_, _add_upkeep(name)) for name, (help_, _) in UPKEEP.items()},
    "assess": ("assess communities from files", _add_assess),
    "coach": ("say what is missing or vague in goals, one a line", _add_coach),
    "guard": ("say what may identify a pupil in Dutch texts, one a line", _add_guard),
}


def parser_for(command: str | None) -> Parser:
    """The parser. Only the command that is asked for gets its options: the others need not be imported."""
    parser = Parser(prog="leerkring", description="The working place and the mirror of learning communities.")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    for name, (help_, add) in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=help_, description=f"{help_.capitalize()}.")
        if name == command:
            subparser.set_defaults(run=add(subparser))
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one subcommand; the exit status: 0 well, 1 it could not be done, 2 badly asked."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = next((word for word in given if not word.startswith("-")), None)
    options = parser_for(command).parse_args(given)
    run: Run = options.run
    try:
        return run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
