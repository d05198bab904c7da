"""Hand-over at the counter: open until answered, answered once, by whom it concerns, signed."""

from dataclasses import replace
from uuid import uuid4

import pytest

from dekat.duties.evidence import faults_of
from dekat.equipment import custody, handing_over, heard, offers, photos, queries, services, telling
from dekat.equipment.drawing import DrawingUnreadable, as_svg, digest
from dekat.equipment.handing_over import Receipt, Said, Terms
from dekat.equipment.kinds import Condition
from dekat.equipment.offers import Person
from dekat.equipment.upkeep_kinds import Refusal
from dekat.equipment.upkeep_models import Offer
from dekat.flows.hear_of_equipment import hear_of_equipment
from dekat.kernel.clock import iso
from dekat.ledger import queries as ledger
from dekat.ledger.services import as_message
from dekat.sync.models import FeedEntry
from tests.make import goods
from tests.make.accounts import HEAD, OPERATOR
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
HERE = OPERATOR.kecamatan
SIGNED = Receipt(Person("Rina Contoh", "", as_svg(goods.STROKES)), "Camat Contoh")


@pytest.fixture
def store(identity, now):
    """Three recorders in the office store."""
    goods.buy(["R-1", "R-2", "R-3"], now)


def accept(offer_id, now, *serials, actor=OPERATOR, receipt=SIGNED):
    said = [Said(serial, Condition.GOOD) for serial in serials]
    handing_over.answer(offer_id=offer_id, said=said, receipt=receipt, actor=actor, now=now)


def names():
    return [event.name for event in ledger.events(name_prefix="equipment.handover.")]


def test_an_offer_is_open_and_moves_nothing(store, now):
    offer_id = goods.offer(["R-1", "R-2"], now, to=HERE)

    assert [card.id for card in offers.waiting_for(f"KECAMATAN:{HERE}")] == [offer_id]
    assert (queries.device("R-1").kecamatan, queries.counted("RECORDER")) == ("", 0)
    assert names() == ["equipment.handover.offered"] * 2
    assert FeedEntry.objects.get(kind=offers.FEED_KIND).scope == HERE


def test_what_is_accepted_changes_hands_and_what_is_declined_stays(store, now):
    offer_id = goods.offer(["R-1", "R-2"], now, to=HERE)
    said = [Said("R-1", Condition.GOOD), Said("R-2", refusal=Refusal.INCOMPLETE, why="tanpa kabel")]

    handing_over.answer(offer_id=offer_id, said=said, receipt=SIGNED, actor=OPERATOR, now=now)

    assert [held.serial for held in custody.held_by(HERE)] == ["R-1"]
    assert [held.serial for held in custody.held_by("")] == ["R-2", "R-3"]
    [bast] = queries.device("R-1").handovers
    assert (bast.bast, bast.given_by, bast.received_by) == ("800/101/BAST/2026", "DISPENDUKCAPIL", OPERATOR.office)
    card = offers.offer(offer_id)
    assert (len(card.accepted), card.declined[0].why, card.head_name) == (1, "tanpa kabel", "Camat Contoh")
    declined = ledger.events(names=["equipment.handover.declined"])[0]
    assert "kabel" not in str(declined.data)


def test_every_word_of_a_hand_over_follows_the_schema(store, now):
    accept(goods.offer(["R-1"], now, to=HERE), now, "R-1")

    said = [as_message(event) for event in ledger.events(subject="device:R-1")]

    assert [list(faults_of(line)) for line in said] == [[]] * len(said)


def test_the_first_answer_stands(store, now):
    offer_id = goods.offer(["R-1"], now, to=HERE)
    accept(offer_id, now, "R-1")

    said = [Said("R-1", refusal=Refusal.BROKEN)]
    handing_over.answer(offer_id=offer_id, said=said, receipt=SIGNED, actor=OPERATOR, now=now)

    assert queries.device("R-1").kecamatan == HERE
    assert names().count("equipment.handover.declined") == 0


@pytest.mark.parametrize(
    ("said", "receipt", "refused"),
    [
        ([], SIGNED, handing_over.AnswerIncomplete),
        ([Said("R-1", Condition.MAJOR_DAMAGE)], SIGNED, handing_over.AnswerIncomplete),
        ([Said("R-1", refusal=Refusal.OTHER)], SIGNED, handing_over.AnswerIncomplete),
        ([Said("R-1", Condition.GOOD)], replace(SIGNED, head_name=""), handing_over.AnswerIncomplete),
        ([Said("R-1", Condition.GOOD)], replace(SIGNED, received_by=Person("Rina")), handing_over.Unsigned),
    ],
)
def test_an_answer_says_everything_or_nothing(store, now, said, receipt, refused):
    offer_id = goods.offer(["R-1"], now, to=HERE)

    with pytest.raises(refused):
        handing_over.answer(offer_id=offer_id, said=said, receipt=receipt, actor=OPERATOR, now=now)
    assert offers.offer(offer_id).is_open


def test_a_photo_of_the_signed_paper_is_a_signature(store, now):
    paper = photos.keep_photo(raw=goods.jpeg(), actor=OPERATOR, now=now)

    accept(
        goods.offer(["R-1"], now, to=HERE), now, "R-1",
        receipt=Receipt(Person("Rina Contoh"), "Camat Contoh", paper_sha256=paper),
    )  # fmt: skip

    [accepted] = ledger.events(names=["equipment.handover.accepted"])
    assert accepted.data["signature_sha256"] == paper


def test_only_the_receiver_answers(store, now):
    offer_id = goods.offer(["R-1"], now, to="35.11.12")

    with pytest.raises(handing_over.NotForYou):
        accept(offer_id, now, "R-1")


def test_only_what_is_in_the_hands_is_given_and_to_one_at_a_time(store, now):
    goods.offer(["R-1"], now, to=HERE)

    with pytest.raises(handing_over.AlreadyOffered):
        goods.offer(["R-1"], now, to="35.11.12", bast="B-2")
    with pytest.raises(handing_over.NotInYourHands):
        goods.offer(["R-2"], now, to="35.11.12", bast="B-3", actor=OPERATOR)
    with pytest.raises(services.BastAlreadyUsed):
        goods.offer(["R-2"], now, to=HERE)
    with pytest.raises(handing_over.OfferEmpty):
        goods.offer([], now, to=HERE, bast="B-4")


def test_twenty_devices_with_both_signatures_fit_into_a_message(identity, now):
    serials = [f"REK-2026-{number:04}" for number in range(20)]
    goods.buy(serials, now)
    circle = "[[" + ",".join(f'{{"x":{n % 600},"y":{n * 7 % 200}}}' for n in range(4000)) + "]]"
    terms = Terms("B-20", now.date(), HERE, Person("Sri Contoh", "", as_svg(circle)))
    offer_id = uuid4()
    handing_over.offer(offer_id=offer_id, terms=terms, serials=serials, actor=HEAD, now=now)
    accept(offer_id, now, *serials, receipt=Receipt(Person("Rina", "", as_svg(circle)), "Camat"))
    back = goods.offer(serials, now, to="", bast="B-21", actor=OPERATOR)
    accept(back, now, *serials, actor=HEAD)
    said = [e for e in ledger.events(name_prefix="equipment.") if e.data.get("bast") == "B-20"]
    said += ledger.events(names=["equipment.device.condition_recorded"])[:20]

    telling.send(message_id=uuid4(), events=said, handover=offers.as_body(Offer.objects.get(id=offer_id)), now=now)

    assert queries.device(serials[0]).kecamatan == ""


@pytest.mark.parametrize("strokes", ["x", "[[1]]", '[[{"x":"a","y":1}]]', '[[{"x":1e9,"y":1}]]', '{"a":1}', "9"])
def test_a_drawing_is_strokes_and_nothing_else(strokes):
    with pytest.raises(DrawingUnreadable):
        as_svg(strokes)


def test_nothing_of_what_a_browser_sends_reaches_the_drawing():
    svg = as_svg('[[{"x":1,"y":2,"c":"<script>"},{"x":3,"y":4}],[]]')

    assert "script" not in svg
    assert as_svg("[]") == as_svg("") == ""


def test_a_station_takes_no_device_that_nobody_offered_it(store, now):
    stranger = enrolled_station(now=now, kecamatan=HERE)
    accept(goods.offer(["R-1"], now, to="35.11.12"), now, "R-1", actor=replace(OPERATOR, kecamatan="35.11.12"))
    [accepted] = ledger.events(names=["equipment.handover.accepted"])
    stolen = replace(accepted, node=stranger.name, data={**accepted.data, "by": f"KECAMATAN:{HERE}", "to": HERE})
    body = {"events": [as_message(stolen)]}

    for handover in ({}, {"handover": offers.as_body(Offer.objects.get())}):
        with pytest.raises(heard.WordNotTheirs):
            hear_of_equipment(item_id=uuid4(), node=stranger.name, body={**body, **handover}, now=now)
    assert queries.device("R-1").kecamatan == "35.11.12"


def test_an_offer_of_devices_that_a_station_does_not_hold_is_put_aside(store, now):
    stranger = enrolled_station(now=now, kecamatan=HERE)
    goods.offer(["R-1"], now, to="35.11.12")
    body = offers.as_body(Offer.objects.get())
    body |= {"id": str(uuid4()), "giver": f"KECAMATAN:{HERE}", "bast": "PALSU"}

    with pytest.raises(handing_over.NotInYourHands):
        hear_of_equipment(item_id=uuid4(), node=stranger.name, body={"events": [], "handover": body}, now=now)


def test_a_giver_cannot_accept_in_the_receiver_s_place(identity, now):
    goods.buy(["R-1"], now, to=HERE)
    giver = enrolled_station(now=now, kecamatan=HERE)
    goods.offer(["R-1"], now, to="35.11.12", actor=OPERATOR)
    [offered] = ledger.events(names=["equipment.handover.offered"])
    body = offers.as_body(Offer.objects.get())
    Offer.objects.all().delete()
    said = replace(offered, node=giver.name, name="equipment.handover.accepted")

    with pytest.raises(heard.WordNotTheirs):
        hear_of_equipment(
            item_id=uuid4(), node=giver.name, body={"events": [as_message(said)], "handover": body}, now=now
        )

    assert queries.device("R-1").kecamatan == HERE


def test_an_answer_whose_events_say_something_else_is_put_aside(store, now):
    station = enrolled_station(now=now, kecamatan=HERE)
    offer_id = goods.offer(["R-1"], now, to=HERE)
    body = offers.as_body(Offer.objects.get(id=offer_id)) | {"answered_at": iso(now), "receiver_name": "Rina Contoh"}
    body["items"][0] |= {"state": "DECLINED", "refusal": str(Refusal.INCOMPLETE)}
    [offered] = ledger.events(names=["equipment.handover.offered"])
    data = {**offered.data, "by": f"KECAMATAN:{HERE}"}
    said = replace(offered, node=station.name, name="equipment.handover.accepted", data=data)

    for events in ([as_message(said)], []):
        with pytest.raises(heard.WordNotTheirs):
            hear_of_equipment(item_id=uuid4(), node=station.name, body={"events": events, "handover": body}, now=now)

    assert (queries.device("R-1").kecamatan, offers.offer(offer_id).is_open) == ("", True)


@pytest.mark.parametrize(
    ("signature", "hashed"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>', None),
        (as_svg(goods.STROKES), "ab" * 32),
    ],
)
def test_a_signature_that_is_no_drawing_or_not_the_one_in_the_log_is_put_aside(store, now, signature, hashed):
    station = enrolled_station(now=now, kecamatan=HERE)
    offer_id = goods.offer(["R-1"], now, to=HERE)
    open_body = offers.as_body(Offer.objects.get(id=offer_id))
    body = open_body | {"answered_at": iso(now), "receiver_name": "Rina Contoh", "receiver_signature": signature}
    body["items"][0] |= {"state": "ACCEPTED", "condition": "GOOD"}
    [offered] = ledger.events(names=["equipment.handover.offered"])
    data = {**offered.data, "by": f"KECAMATAN:{HERE}", "signature_sha256": hashed or digest(signature)}
    said = replace(offered, node=station.name, name="equipment.handover.accepted", data=data)

    with pytest.raises(heard.WordNotTheirs):
        hear_of_equipment(
            item_id=uuid4(), node=station.name, body={"events": [as_message(said)], "handover": body}, now=now
        )

    assert offers.offer(offer_id).is_open


def test_a_paper_bast_stays_possible_beside_an_open_offer(store, now):
    offer_id = goods.offer(["R-1"], now, to=HERE)
    services.hand_over(serial="R-1", to=HERE, bast="800/101/BAST/2026", on=now.date(), actor=HEAD, now=now)

    accept(offer_id, now, "R-1")

    assert (queries.device("R-1").kecamatan, len(queries.device("R-1").handovers)) == (HERE, 1)


@pytest.mark.parametrize("raw", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 no picture"])
def test_what_is_no_picture_is_refused(identity, now, raw):
    with pytest.raises(photos.NotAPhoto):
        photos.keep_photo(raw=raw, actor=HEAD, now=now)


def test_a_photo_is_made_small_and_loses_what_its_camera_wrote(identity, now):
    name = photos.keep_photo(raw=goods.jpeg(4000, 3000), actor=HEAD, now=now)

    kept = photos.photo(name)
    assert len(kept) <= 400_000
    assert b"Exif" not in kept
