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
        answering.answers(as_of=NOW)

    return _timed(again)


def _cold(page: str) -> dict[str, float]:
    """The first page that this process gives, with all that it loads for it."""
    get = _client()
    return {"ms": _ms(lambda: get(page))}


def _warm(days: str) -> dict[str, float]:
    """Half times of every page, then of two pages right after each of some events."""
    get, slowest = _client(), ""
    found: dict[str, float] = {}
    for page in [*pages(), *device_pages()]:
        found[page] = median(_ms(partial(get, page)) for _ in range(ROUNDS))
        if page in device_pages() and found[page] >= found.get(slowest, 0):
            slowest = page
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
    """The home page and every page of the oversight that needs no name of a thing."""
    from dekat.faces.oversight.urls import urlpatterns

    paths = [str(one.pattern) for one in urlpatterns]
    return ["/", *(f"/{path}" for path in paths if "<" not in path and "." not in path)]


def device_pages() -> list[str]:
    """The page of every device."""
    from dekat.equipment.sample import ALL, WITH_RECORDER, printer, recorder

    serials = [*map(printer, ALL), *map(recorder, WITH_RECORDER)]
    return [f"/pengawasan/alat/{serial}/" for serial in serials]


def _client() -> Callable[[str], None]:
    from django.test import Client

    client = Client()

    def get(page: str) -> None:
        answer = client.get(page)
        assert answer.status_code == 200, (page, answer.status_code)

    return get


def _ms(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _timed(act: Callable[[], object]) -> dict[str, float]:
    begun, cpu = time.perf_counter(), time.process_time()
    act()
    return {"s": time.perf_counter() - begun, "cpu_s": time.process_time() - cpu}


if __name__ == "__main__":
    main()
