"""`dekat serve`: one process that is a whole node — pages, the wire, and the workers beside them."""

import argparse
import logging
import signal
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.template import TemplateDoesNotExist

from dekat.accounts import keyring
from dekat.faces.clock import now
from dekat.faces.unlock import say_nothing_more, say_only
from dekat.kernel.errors import DekatError
from dekat.project import memory
from dekat.project.env import refuse_to_serve_without_secret
from dekat.project.upgrade import UpgradeUnderWay, upgrade
from dekat.sync.damage import check_database

logger = logging.getLogger(__name__)


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat serve`."""
    parser = sub.add_parser("serve", help="run this node until it is stopped")
    parser.add_argument("--threads", type=int, default=6, help="threads for pages (default 6)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Start everything this kind of node needs; end in order on SIGTERM."""
    from waitress.server import create_server

    refuse_to_serve_without_secret(settings.ENV)
    memory.keep_small()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    # Not by way of SIGINT: whom a script or nohup starts in the background has that one ignored.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    from dekat.project.wsgi import application

    start_when_unlocked(_start_station if settings.IS_STATION else _start_centre)
    server = create_server(
        application,
        host="127.0.0.1",
        port=settings.ENV.port,
        threads=options.threads,
        ident="",
        clear_untrusted_proxy_headers=True,
    )
    load_pages()
    memory.settle()
    memory.give_back()
    logger.info("project.serving", extra={"role": settings.ENV.role, "port": settings.ENV.port})
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
    return 0


def load_pages() -> None:
    """Load now what the first page would load while somebody waits for it; asks no data, which may still be locked."""
    from django.template.loader import get_template
    from django.urls import get_resolver

    from dekat.areas.working_calendar import calendar_without_decrees

    get_resolver().reverse_dict  # noqa: B018
    calendar_without_decrees()
    for name in ("resident/home.html", "oversight/summary.html", "station/home/home.html"):
        try:
            get_template(name)
        except TemplateDoesNotExist:  # Centre and station have pages of their own.
            continue


def start_when_unlocked(start: Callable[[], None]) -> None:
    """Begin the work beside the pages as soon as the data can be opened."""

    def wait() -> None:
        while keyring.is_locked():
            time.sleep(0.5)
        try:
            check_database()
            upgrade(folder=settings.ENV.data_dir, now=now(), on_begin=lambda: say_only(UpgradeUnderWay()))
        except DekatError as refusal:
            logger.critical("project.start.refused", extra={"code": refusal.code})
            say_only(refusal)
            return
        say_nothing_more()
        start()

    if keyring.is_locked():
        threading.Thread(target=wait, name="wait-for-unlock", daemon=True).start()
    else:
        wait()


def _start_centre() -> None:
    from dekat.project import centre_workers

    centre_workers.start()


def _start_station() -> None:
    from dekat.project import station_workers

    station_workers.start()
