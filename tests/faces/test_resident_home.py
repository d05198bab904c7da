"""The residents' first page: where one can be recorded comes from the devices' own evidence."""

import json

import pytest
from django.test import Client

from dekat.areas.services import load_bundled
from dekat.duties import history
from dekat.kernel.clock import iso
from dekat.reports import readiness
from tests.make.evidence import START, History

pytestmark = pytest.mark.django_db
DAY = START.replace(hour=4)


def told(made, now):
    """Bring a hand-written history into the log."""
    load_bundled()
    lines = [
        {"id": str(event.id), "name": event.name, "version": 1, "subject": event.subject, "actor": event.actor}
        | {"occurred_at": iso(event.at), "data": event.data}
        for event in made.events
    ]
    history.import_history([json.dumps(line) for line in lines], now=now)


def ready():
    made = History().until("opened")
    made.opened()
    return made


def test_a_recorder_that_lacks_only_people_is_ready(identity, now):
    told(ready(), now)

    [place] = readiness.places(now=DAY)

    assert (place.name, place.serial) == ("Ijen (Sempol)", "REK-19")
    assert place.is_serving and place.is_ready and not place.is_used


def test_a_recorder_that_records_is_in_use(identity, now):
    made = ready()
    made.used()
    told(made, now)

    [place] = readiness.places(now=DAY)

    assert place.is_serving and place.is_used


def test_a_recorder_without_its_instruction_serves_nobody_although_its_station_lives(identity, now):
    made = History().until("instruction")
    made.opened()
    told(made, now)

    [place] = readiness.places(now=DAY)

    assert not place.is_serving


def test_the_page_folds_away_who_cannot_serve_and_says_why(identity, now):
    told(History().until("instruction"), now)

    page = Client().get("/").content.decode()

    assert "Belum ada kecamatan yang siap melayani" in page
    assert "1 kecamatan punya alat, tetapi belum dapat melayani" in page
    assert '<a href="/pengawasan/alat/REK-19/">Ijen (Sempol)</a>' in page
