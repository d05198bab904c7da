"""Civil records and cards, each from the form at home to the paper in the hand."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from dekat.adapters.ipp.client import IppPrinter
from dekat.adapters.ipp.virtual_printer import VirtualPrinter
from dekat.adapters.national.client import HttpGateway
from dekat.adapters.national.simulator import SimulatedCentre, serve
from dekat.cards import queries as cards
from dekat.cards import services
from dekat.cards.states import CardState
from dekat.cases import queries as cases
from dekat.cases.states import State
from dekat.documents import ports as document_ports
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentKind
from dekat.faces.clock import now as clock
from dekat.flows import deliver_cards
from dekat.kernel.ids import new_id
from dekat.printing import ports as printing_ports
from dekat.registry import queries as registry
from dekat.registry.states import ResidentState
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, VERIFIER
from tests.make.cards import ready_card
from tests.make.documents import make_workshop
from tests.make.paper import text_of
from tests.make.portraits import portrait
from tests.make.recordings import card_in_hand
from tests.make.serving import Office
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
PLACE = "35.11.19"
KK, AKTA, DEATH, KIA = (
    DocumentKind.FAMILY_CARD, DocumentKind.BIRTH_CERTIFICATE, DocumentKind.DEATH_CERTIFICATE, DocumentKind.CHILD_CARD,
)  # fmt: skip
WITNESSES = {
    "witness_1": "9935111001700001", "witness_1_name": "Saksi Contoh Satu",
    "witness_2": "9935111001700002", "witness_2_name": "Saksi Contoh Dua",
}  # fmt: skip


@pytest.fixture(scope="module")
def works(tmp_path_factory):
    """What takes its time to start, once for all services: workshop, printer, the simulated national centre."""
    folder = tmp_path_factory.mktemp("works")
    printer = VirtualPrinter(spool=folder / "tray", control=folder / "control", serial="PRN-19-01").start()
    centre = SimulatedCentre(folder / "pusat", pace_s=0)
    server = serve(centre, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    gateway = HttpGateway(f"http://127.0.0.1:{server.server_address[1]}", centre.key.verify_key)
    yield make_workshop(folder / "workshop", clock()), printer, gateway
    server.shutdown()
    server.server_close()
    centre.close()
    printer.stop()


@pytest.fixture
def office(identity, works, monkeypatch):
    workshop, printer, gateway = works
    monkeypatch.setattr(document_ports, "_source", lambda: workshop)
    monkeypatch.setattr(printing_ports, "_printer", lambda: IppPrinter(printer.url, timeout_s=2))
    enrolled_station(now=clock(), kecamatan=PLACE)
    return Office(gateway=gateway, kecamatan=PLACE)


@pytest.fixture
def family(identity):
    """A married couple and their daughter of seven, who has an akta."""
    at = clock()
    girl = make_registry.child(
        at, nik="9911194507190001", has_birth_certificate=True, birth_certificate_no="9911-LU-20072019-0001",
        born_on=(localdate(at) - timedelta(days=7 * 366)).isoformat(), mother_name="Siti Aminah",
    )  # fmt: skip
    man = make_registry.person(at, marital_status="2")
    return make_registry.registered(at, man, make_registry.wife(at), girl)


def birth(family, *, days, **changes):
    """The answers about a child that was born so many days ago."""
    man, woman = family.members[:2]
    return {
        "name": "Nur Aini Contoh", "sex": "FEMALE", "born_on": (localdate(clock()) - timedelta(days=days)).isoformat(),
        "birth_place": "Bondowoso", "child_order": "2", "mother": woman.nik, "father": man.nik,
        "birth_proof": "LETTER", "marriage_proof": "BOOK", **WITNESSES, **changes,
    }  # fmt: skip


def newborn(family):
    return next(one for one in registry.members(family.id) if one.full_name.startswith("Nur Aini"))


def kinds(office, card):
    return [document.kind for document in office.papers(card)]


def collected(office, card):
    return office.collect(card).state == State.COLLECTED


@pytest.mark.scenario(13)
def test_a_baby_of_75_days_gets_akta_kk_and_kia_by_one_application(office, family, client):
    asked = office.ask("birth", by=family.members[0], family=family, **birth(family, days=75))
    refused = office.decide(asked)
    assert "Nomor keputusan Kepala Dinas" in refused.content.decode()
    approved = office.decide(asked, late_decision="188/12/2026")
    assert approved.status_code == 302
    assert cases.application(asked.id).state == State.NUMBERING
    assert [one.full_name for one in registry.members(family.id)] == [one.full_name for one in family.members]

    card = office.sign(asked)

    child = newborn(family)
    akta = text_of(documents.file_bytes(card.papers[0].document_id), "-raw")
    assert kinds(office, card) == [AKTA, KK, KIA]
    assert child.nik.startswith("991119")
    assert child.nik in akta
    assert "9911-LT-" in akta
    assert "188/12/2026" in akta
    assert "Menunggu dicetak di Dispendukcapil" in client.get(f"/lacak/{card.code}").content.decode()
    assert collected(office, card)


def test_twins_without_proof_of_a_marriage_are_their_mothers_and_get_two_nik(office, family):
    said = birth(family, days=5, marriage_proof="NONE", birth_proof="SPTJM", father="")
    first, second = (
        office.ask("birth", by=family.members[0], family=family, **{**said, "name": name})
        for name in ("Nur Aini Contoh", "Nur Aisah Contoh")
    )
    office.decide(first)
    office.decide(second)

    card = office.sign(first)
    office.sign(second)

    akta = " ".join(text_of(documents.file_bytes(card.papers[0].document_id), "-raw").split())
    assert "9911-LU-" in akta
    assert "Seorang ibu, SITI AMINAH" in akta
    assert newborn(family).father_name == ""
    assert len({one.nik for one in registry.members(family.id)}) == 5


def test_a_child_on_the_kk_gets_its_akta_and_no_second_nik(office, identity):
    at = clock()
    boy = make_registry.child(at, nik="9911190507100001", born_on="2010-07-05", mother_name="Siti Aminah")
    home = make_registry.registered(at, make_registry.person(at), boy, card_no="9911190101150004")
    said = {"child": boy.nik, "child_order": "1", "birth_proof": "LETTER", **WITNESSES}

    card = office.serve("birth-on-card", by=home.members[0], family=home, decision={"late_decision": "9/2026"}, **said)

    assert kinds(office, card) == [AKTA]
    assert "9911-LT-" in text_of(documents.file_bytes(card.papers[0].document_id))
    assert len(registry.members(home.id)) == 2


def test_a_dead_head_leaves_a_widow_who_becomes_head_with_a_new_number(office, family):
    man, woman, girl = family.members
    queued = ready_card(clock(), resident_id=man.id, kecamatan=PLACE)
    asked = {
        "person": man.nik, "died_on": localdate(clock()).isoformat(), "death_place": "Bondowoso", "cause": "ILLNESS",
        "declared_by": "VILLAGE", **WITNESSES,
    }  # fmt: skip
    order = [one.id for one in registry.members(family.id) if one.id != man.id]
    relations = {f"relations-{order.index(woman.id)}": "1", f"relations-{order.index(girl.id)}": "4"}

    card = office.serve(
        "death", by=woman, family=family, decision={"card_withdrawn": "WITHDRAWN", **relations}, **asked
    )

    home = registry.family(family.id)
    assert kinds(office, card) == [DEATH, KK]
    assert (home.head_id, home.family_card_no == family.family_card_no) == (woman.id, False)
    assert registry.resident(man.id).state == ResidentState.DECEASED
    assert registry.resident(woman.id).marital_status.code == "6"
    assert "SITI AMINAH" in text_of(documents.file_bytes(card.papers[0].document_id))
    assert cases.application(card.id).decision["card_withdrawn"] == "WITHDRAWN"
    assert cards.card(queued).state == CardState.ENDED
    assert collected(office, card)


def test_the_last_of_a_family_leaves_no_kk(office, family):
    at = clock()
    alone = make_registry.registered(at, make_registry.person(at, nik="9911191703500009"), card_no="9911190101150009")
    asked = {
        "person": alone.members[0].nik, "died_on": localdate(at).isoformat(), "death_place": "Bondowoso",
        "cause": "ILLNESS", "declared_by": "VILLAGE", **WITNESSES,
    }  # fmt: skip

    card = office.serve("death", by=family.members[0], family=family, decision={"card_withdrawn": "NONE"}, **asked)

    assert kinds(office, card) == [DEATH]


@pytest.fixture
def couple(identity):
    """A man and a woman who are not married, each on a KK of their own."""
    at = clock()
    woman = make_registry.wife(at, nik="9911195204930002", relation="1", marital_status="1")
    man = make_registry.person(at, nik="9911191703900002")
    return (
        make_registry.registered(at, man, card_no="9911190101150002"),
        make_registry.registered(at, woman, card_no="9911190101150003"),
    )


@pytest.mark.parametrize(
    ("proof", "status"), [({"proof": "BOOK", "certificate_no": "12/3/2026"}, "2"), ({"proof": "SPTJM"}, "3")]
)
def test_a_marriage_changes_the_kk_of_both_families(office, couple, proof, status):
    his, hers = couple
    man, woman = his.members[0], hers.members[0]
    asked = {"husband": man.nik, "wife": woman.nik, "married_on": "2026-01-09", **proof}

    card = office.serve("marriage", by=woman, family=hers, **asked)

    assert kinds(office, card) == [KK, KK]
    assert [registry.resident(one.id).marital_status.code for one in (man, woman)] == [status, status]
    assert collected(office, card)


def test_a_divorce_is_shown_on_the_kk(office, family):
    man, woman = family.members[:2]
    asked = {"husband": man.nik, "wife": woman.nik, "divorced_on": "2026-01-09", "proof": "DEED", "certificate_no": "7"}

    card = office.serve("divorce", by=woman, family=family, **asked)

    assert kinds(office, card) == [KK]
    assert {registry.resident(one.id).marital_status.code for one in (man, woman)} == {"4"}
    assert collected(office, card)


def test_a_child_of_seven_gets_a_kia_with_the_photo_that_was_sent(office, family):
    photo = SimpleUploadedFile("anak.jpg", portrait("RED"), content_type="image/jpeg")
    said = {"child": family.members[2].nik, "reason": "FIRST"}
    without = office.decide(office.ask("kia", by=family.members[1], family=family, **said))

    card = office.serve("kia", by=family.members[1], family=family, picture=photo, **said)

    assert "KIA memerlukan pas foto" in without.content.decode()
    assert kinds(office, card) == [KIA]
    assert "NUR HALIMAH" in text_of(documents.file_bytes(card.papers[0].document_id))
    assert collected(office, card)


def test_no_kia_for_a_grown_up(office, family):
    said = {"child": family.members[1].nik, "reason": "FIRST"}

    refused = office.decide(office.ask("kia", by=family.members[0], family=family, **said))

    assert "registry.paper.no_child" in refused.content.decode()


@pytest.mark.parametrize(("slug", "said"), [("ktp-replace", {"reason": "LOST"}), ("ktp-change", {})])
def test_a_ktp_is_printed_again_from_the_recording_with_the_data_of_today(office, family, tmp_path, slug, said):
    man, at = family.members[0], clock()
    place = enrolled_station(now=at, kecamatan="35.11.12")
    card_in_hand(resident_id=man.id, station=place, now=at, folder=tmp_path)
    blank = next_blank(at)

    card = office.serve(slug, by=man, family=family, **said)

    card_id = card.papers[0].document_id
    face = text_of(office.reviewer.get(f"/kantor/kartu/{card_id}/muka.pdf").content, "-raw")
    assert ("MOH. HASAN BASRI" in face, man.nik in face) == (True, True)
    office.reviewer.post(f"/kantor/kartu/{card_id}/tercetak/", {"blank": blank})
    office.reviewer.post("/kantor/kartu/kemas/", {"kecamatan": PLACE, "seal_no": "S-1"})
    bag = cards.batches(kecamatan=PLACE)[0]
    hear(at, "counted", batch_id=str(bag.id), present=[str(card_id)], is_seal_whole=True)
    assert cases.application(card.id).state == State.PRINTED
    hear(at, "handed_over", card_id=str(card_id), identity_check="KK", old_card="LOST")
    assert cases.application(card.id).state == State.COLLECTED
    assert cards.card(card_id).old_card == "LOST"


def test_nobody_waits_for_the_ktp_of_somebody_who_died(office, family, tmp_path):
    woman, at = family.members[1], clock()
    place = enrolled_station(now=at, kecamatan="35.11.12")
    card_in_hand(resident_id=woman.id, station=place, now=at, folder=tmp_path)
    waiting = office.serve("ktp-replace", by=woman, family=family, reason="LOST")
    asked = {
        "person": woman.nik, "died_on": localdate(at).isoformat(), "death_place": "Bondowoso", "cause": "ILLNESS",
        "declared_by": "VILLAGE", **WITNESSES,
    }  # fmt: skip

    office.serve("death", by=family.members[0], family=family, decision={"card_withdrawn": "LOST"}, **asked)

    assert cases.application(waiting.id).state == State.ENDED
    assert registry.resident(family.members[0].id).marital_status.label == "CERAI MATI"


def test_without_a_recording_here_the_ktp_has_to_be_recorded_first(office, family):
    refused = office.decide(office.ask("ktp-replace", by=family.members[0], family=family, reason="LOST"))

    assert "perlu perekaman di kantor kecamatan" in refused.content.decode()


def next_blank(at):
    services.receive_blanks(serials=["BLK900001"], on=localdate(at), delivery_note="BA-02", actor=VERIFIER, now=at)
    return "BLK900001"


def hear(at, what, **body):
    """What the kecamatan of the card tells, as it arrives at the centre."""
    said = {"what": what, "account_id": str(HEAD.account_id), "role": "OPERATOR", "kecamatan": PLACE, **body}
    deliver_cards.hear_of_card(item_id=new_id(at), node=f"station-{PLACE}", body=said, now=at)


@pytest.mark.scenario(12)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Al1", "Nama baru hanya boleh berisi huruf"),
        ("Nur " + "A" * 57, "60"),
        ("Suharto", "Wajib diisi"),
    ],
)
def test_a_new_name_is_refused_for_its_letters_and_length_and_one_word_wants_a_statement(office, family, name, words):
    said = birth(family, days=5, name=name)
    form = {"application_id": str(new_id(clock())), "nik": family.members[0].nik, **said}

    answer = office.resident.post("/ajukan/birth/", {**form, "family_card_no": family.family_card_no})

    assert answer.status_code != 302
    assert words in answer.content.decode()


def test_a_name_of_one_word_is_taken_with_the_statement(office, family):
    said = birth(family, days=5, name="Suharto", one_word="on")

    assert office.ask("birth", by=family.members[0], family=family, **said).answers["one_word"] is True
