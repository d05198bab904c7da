"""A centre of its own for `oversight_pages`: loads years, makes the kept answers, or asks pages as a fresh process.

`python -m bench.oversight_child load DAYS` and so on print one JSON object; the environment names the data folder.
"""

import json
import logging
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

ROUNDS = 3


def main() -> None:
    """Do what the first word says."""
    import django

    django.setup()
    logging.disable(logging.INFO)
    acts = {"load": _load, "rebuild": _rebuild, "cold": _cold, "warm": _warm}
    done = acts[sys.argv[1]](*sys.argv[2:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**done, "peak_mb": peak}))


def _load(days: str) -> dict[str, float]:
    from django.core.management import call_command

    from bench import people, years

    call_command("migrate", verbosity=0)
    people.be_the_centre()
    counted: list[int] = []
    took = _timed(lambda: counted.append(years.load(days=int(days), until=people.NOW)))
    return {"events": counted[0], **took}


def _rebuild() -> dict[str, float]:
    """Everything that is kept, made again from the log, and every answer."""
    from bench.people import NOW
    from dekat.duties import answering
    from dekat.readings import days

    def again() -> None:
        answering.rebuild()
        days.forget()
        days.catch_up()
        answering.keep(as_of=NOW)

    return _timed(again)


def _cold(page: str) -> dict[str, float]:
    """The first page that this process gives once it serves; what it loads before is told apart."""
    loading = _ms(_load_as_serve)
    get = _client()
    return {"ms": _ms(lambda: get(page)), "load_ms": loading}


def _load_as_serve() -> None:
    from dekat.project import memory
    from dekat.project.commands import serve

    serve.load_pages()
    memory.settle()


def _warm(days: str) -> dict[str, float]:
    """Half times of every page, then of two pages right after each of some events.

    No worker reads beside the pages, so every page pays for what was said; memory was settled, as every ten minutes.
    """
    from dekat.project import memory

    _load_as_serve()
    get, slowest = _client(), ""
    found: dict[str, float] = {}
    for page in [*pages(), *device_pages()]:
        get(page)
        found[page] = median(_ms(partial(get, page)) for _ in range(ROUNDS))
        if page in device_pages() and found[page] >= found.get(slowest, 0):
            slowest = page
    memory.settle()
    for name, say in _news(int(days)).items():
        for page in ("/pengawasan/", slowest):
            say()
            found[f"{page} after {name}"] = _ms(partial(get, page))
    return found


def _news(days: int) -> dict[str, Callable[[], object]]:
    """What is said while somebody looks: a use, a week that arrives late, the national line down and up again."""
    from bench import people, years
    from dekat.faces.clock import now

    is_up = iter([False, True] * 9)
    return {
        "a use": lambda: years.say_use(now=now()),
        "a late week": lambda: years.say_late_week(days=days, until=people.NOW),
        "the national line fell or rose": lambda: years.say_line(is_up=next(is_up), now=now()),
    }


def pages() -> list[str]:
    """Every page of the oversight that needs no name of a thing, some that do, and what residents and alerts show."""
    from bench.people import HERE
    from dekat.faces.oversight.urls import urlpatterns

    paths = [str(one.pattern) for one in urlpatterns]
    unnamed = [f"/{path}" for path in paths if "<" not in path and "." not in path]
    some = [f"/pengawasan/kecamatan/{HERE}/", f"/pengawasan/petunjuk/PTK-CETAK-KK/{HERE}/"]
    some.append("/pengawasan/jejak?apa=RECORDED")
    return ["/", "/tempat/", "/pemberitahuan/", *unnamed, *some]


def device_pages() -> list[str]:
    """The page of every device."""
    from dekat.equipment.sample import ALL, WITH_RECORDER, printer, recorder

    serials = [*map(printer, ALL), *map(recorder, WITH_RECORDER)]
    return [f"/pengawasan/alat/{serial}/" for serial in serials]


def _client() -> Callable[[str], None]:
    """Ask as anybody, as residents do; a page that is not open to all, as the regency's secretary."""
    from django.conf import settings
    from django.test import Client

    anybody, secretary = Client(), Client()

    def get(page: str) -> None:
        answer = anybody.get(page)
        if answer.status_code == 302 and answer.url.startswith(settings.LOGIN_URL):
            if not secretary.session.get("_auth_user_id"):
                secretary.force_login(_secretary())
            answer = secretary.get(page)
        assert answer.status_code == 200, (page, answer.status_code)

    return get


def _secretary() -> Any:
    from django.contrib.auth import get_user_model

    from bench.people import NOW
    from dekat.accounts.actor import machine
    from dekat.accounts.roles import Role
    from dekat.accounts.services import open_account

    accounts = get_user_model().objects.filter(username="bench-sekda")
    if not accounts.exists():
        facts = {"full_name": "Contoh Sekda", "role": Role.REGIONAL_SECRETARY, "kecamatan": "", "password": "x"}
        open_account(username="bench-sekda", **facts, actor=machine("centre"), now=NOW)
    return accounts.get()


def _ms(act: Callable[[], object]) -> float:
    """The processor's own time: what else the machine does is no fault of a page."""
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def _timed(act: Callable[[], object]) -> dict[str, float]:
    begun, cpu = time.perf_counter(), time.process_time()
    act()
    return {"s": time.perf_counter() - begun, "cpu_s": time.process_time() - cpu}


if __name__ == "__main__":
    main()
