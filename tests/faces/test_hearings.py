"""From a hearing to its resolution, obligation, report and acceptance; visits; replies; the bundle that proves it."""

import json
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest

from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.documents.ports import use_workshop
from dekat.duties import history
from dekat.duties.hearings import visits
from dekat.duties.obligations import SEKDA, State, obligations
from dekat.duties.replies import replies
from dekat.faces.clock import now as clock
from dekat.flows import pack_hearing
from dekat.kernel.clock import iso
from dekat.ledger import queries as ledger
from dekat.ledger import verifier
from dekat.ledger.heads import publish_heads
from dekat.reports.obligations import Source, all_duties
from tests.make.accounts import let_in
from tests.make.documents import make_workshop
from tests.make.evidence import KEC, History
from tests.make.paper import text_of
from tests.make.pictures import picture

pytestmark = pytest.mark.django_db(transaction=True)
CAMAT = f"KECAMATAN:{KEC}"


@pytest.fixture
def regency(identity, now, tmp_path):
    """One idle recorder in Sempol, whose kecamatan asked; a workshop for papers."""
    load_bundled()
    made = History().until("instruction")
    made.say(5, "duties.question.asked", f"kecamatan:{KEC}", by=CAMAT, question="q", to="DISPENDUKCAPIL")
    made.say(
        6, "equipment.claim.made", "regency", by="DPRD", claim="c", metric="DEVICES_HANDED_OVER", kind="RECORDER",
        value=19, source="RDP", said_on="2021-02-03",
    )  # fmt: skip
    history.import_history([as_line(event) for event in made.events], now=now)
    workshop = make_workshop(tmp_path, now)
    use_workshop(lambda: workshop)


def as_line(event):
    said = {name: getattr(event, name) for name in ("name", "subject", "actor", "data")}
    return json.dumps({"id": str(event.id), "version": 1, "occurred_at": iso(event.at), **said})


@pytest.fixture
def enter(client, identity, now):
    """Be an officer of a role."""
    known = set()

    def be(role, kecamatan=""):
        if role not in known:
            known.add(role)
            let_in(client, role, now=now, kecamatan=kecamatan)
        else:
            from django.contrib.auth import get_user_model

            client.force_login(get_user_model().objects.get(username=f"{role.lower()}{kecamatan}"))
        return client

    return be


def call(client, title="Alat rekam", days=1, parties=("DISPENDUKCAPIL", "SEKDA", CAMAT)):
    """Call a hearing; give its address."""
    answer = client.post(
        "/pengawasan/rapat/baru",
        {
            "title": title,
            "on": (clock() + timedelta(days=days)).date().isoformat(),
            "hour": "09:00",
            "parties": list(parties),
            "questions": "Berapa harganya?\nSiapa yang belum membaca?",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def decide(client, address, what="Kirim petunjuk ke Sempol", party="DISPENDUKCAPIL", about="device:REK-19"):
    """Write down a resolution."""
    due = (clock() + timedelta(days=9)).date().isoformat()
    return client.post(f"{address}keputusan", {"party": party, "about": about, "what": what, "due_on": due})


def test_a_hearing_fills_its_agenda_and_its_resolution_is_followed_to_the_end(regency, enter):
    address = call(enter(Role.PARLIAMENT))
    page = enter(Role.PARLIAMENT).get(address).content.decode()
    assert "REK-19" in page and "katanya 19, terhitung 1" in page and "Sempol" in page
    assert "Siapa yang belum membaca?" in page
    assert decide(enter(Role.PARLIAMENT), address).status_code >= 400

    enter(Role.PARLIAMENT).post(f"{address}risalah", {"minutes": "Dispendukcapil berjanji mengirim petunjuk."})
    assert decide(enter(Role.PARLIAMENT), address).status_code == 302
    [card] = obligations()
    [duty] = [one for one in all_duties(now=clock()) if one.serial == "REK-19"]
    assert (duty.id, duty.holder, duty.source) == (card.id, "DISPENDUKCAPIL", Source.HEARING)

    story = f"/pengawasan/kewajiban/{card.id}/"
    head = enter(Role.REGISTRY_HEAD)
    assert "Laporkan selesai" in head.get(story).content.decode()
    head.post(f"{story}lapor", {"text": "Terkirim", "file": BytesIO(picture())})
    assert obligations()[0].holder(clock()) == "DPRD"
    assert [(one.holder, one.state) for one in all_duties(now=clock())] == [("DPRD", State.REPORTED)]

    parliament = enter(Role.PARLIAMENT)
    parliament.post(f"{story}kembalikan", {"why": "Fotonya kabur"})
    assert [(one.holder, one.state) for one in all_duties(now=clock())] == [("DISPENDUKCAPIL", State.OPEN)]
    proof = str(ledger.latest(limit=1)[0].id)
    enter(Role.REGISTRY_HEAD).post(f"{story}lapor", {"text": "Terkirim lagi", "proof": [], "file": BytesIO(picture())})
    enter(Role.PARLIAMENT).post(f"{story}terima")
    assert obligations()[0].state(clock()) is State.MET and proof
    assert [one.source for one in all_duties(now=clock())] == [Source.RULE, Source.HEARING]
    told = enter(Role.PARLIAMENT).get(story).content.decode()
    assert "Fotonya kabur" in told and "Diterima, dipenuhi" in told

    following = call(enter(Role.REGIONAL_SECRETARY), title="Rapat kedua", days=40)
    page = enter(Role.REGIONAL_SECRETARY).get(following).content.decode()
    assert "Apa jadinya keputusan rapat “Alat rekam”" in page and "dipenuhi" in page


def test_an_open_turn_and_its_obligation_are_listed_once(regency, enter, client):
    sekda = enter(Role.REGIONAL_SECRETARY)
    assert [one.source for one in all_duties(now=clock())] == [Source.RULE]

    due = (clock() + timedelta(days=20)).date().isoformat()
    sekda.post("/pengawasan/alat/REK-19/tenggat", {"party": "DISPENDUKCAPIL", "what": "Kirim", "due_on": due})
    sekda.post(
        "/pengawasan/kewajiban/baru",
        {"party": "DISKOMINFO", "about": f"kecamatan:{KEC}", "what": "Periksa menara", "due_on": due},
    )

    found = all_duties(now=clock())
    assert sorted((one.holder, one.serial) for one in found) == [("DISKOMINFO", ""), ("DISPENDUKCAPIL", "REK-19")]
    late = all_duties(now=clock() + timedelta(days=30))
    assert {(one.holder, one.state) for one in late if one.card} == {(SEKDA, State.MISSED)}
    assert len(late) == 2


def test_obligations_are_filtered(regency, enter, client):
    due = (clock() + timedelta(days=20)).date().isoformat()
    enter(Role.REGIONAL_SECRETARY).post(
        "/pengawasan/kewajiban/baru",
        {"party": "DISKOMINFO", "about": "regency", "what": "Periksa menara", "due_on": due},
    )
    client.logout()

    def shown(query):
        page = client.get(f"/pengawasan/kewajiban/?{query}").content.decode()
        return "Periksa menara" in page, "REK-19" in page

    assert shown("") == (True, True)
    assert shown("pihak=DISKOMINFO") == (True, False)
    assert shown(f"kecamatan={KEC}") == (False, True)
    assert shown("sumber=RULE") == (False, True)
    assert shown("keadaan=OPEN&sumber=HAND") == (True, False)
    assert shown("keadaan=MET") == (False, False)


def test_a_visit_stands_beside_what_was_measured(regency, enter, client):
    parliament = enter(Role.PARLIAMENT)
    parliament.post(
        f"/pengawasan/kunjungan/baru?kecamatan={KEC}",
        {
            "who": "Komisi I, 6 orang",
            "on": (clock() - timedelta(days=1)).date().isoformat(),
            "hour": "09:30",
            "state-REK-19": "WORKING",
            "note-REK-19": "Katanya bekerja",
            "photo-REK-19": BytesIO(picture()),
        },
    )

    [card] = visits()
    page = client.get(f"/pengawasan/kunjungan/{card.id}/").content.decode()
    assert "Petunjuk belum pernah sampai di kecamatan." in page
    assert "Yang ditemukan berbeda dari yang terukur." in page
    task = {"party": CAMAT, "about": "device:REK-19", "what": "Pasang kembali", "due_on": "2027-03-01"}
    assert parliament.post(f"/pengawasan/kunjungan/{card.id}/kewajiban", task).status_code == 302
    [duty] = all_duties(now=clock())
    assert (duty.source, duty.holder, duty.card.visit) == (Source.VISIT, CAMAT, card.id)
    assert "Pasang kembali" in client.get(f"/pengawasan/kunjungan/{card.id}/").content.decode()
    photo = client.get(f"/pengawasan/lampiran/{card.findings[0].photo}")
    assert photo.content.startswith(b"\xff\xd8")
    client.logout()
    assert client.get(f"/pengawasan/lampiran/{card.findings[0].photo}").status_code == 302


def test_whoever_is_named_replies_and_it_is_shown_everywhere(regency, enter, client):
    camat = enter(Role.DISTRICT_HEAD, KEC)
    page = camat.get("/pengawasan/alat/REK-19/").content.decode()
    address = re.search(r'href="(/pengawasan/catatan/[^"]+/jawab\?alat=REK-19)"', page)[1]

    camat.post(address, {"party": CAMAT, "text": "Kami sudah tiga kali meminta."})

    [reply] = replies()
    assert reply.party == CAMAT
    client.logout()
    for shown in (f"/pengawasan/catatan/{reply.to_event}/", "/pengawasan/alat/REK-19/"):
        assert "Kami sudah tiga kali meminta." in client.get(shown).content.decode()
    for counted in ("/pengawasan/", "/pengawasan/kewajiban/"):
        assert "1 hak jawab" in client.get(counted).content.decode()


def test_nobody_replies_to_what_does_not_name_them(regency, enter):
    event = next(one for one in ledger.events(subject="regency") if one.name == "equipment.claim.made")

    answer = enter(Role.DISTRICT_HEAD, KEC).post(
        f"/pengawasan/catatan/{event.id}/jawab", {"party": CAMAT, "text": "Bukan kami"}
    )

    assert answer.status_code >= 400
    assert replies() == []


@pytest.mark.parametrize("path", ["rapat/baru", "kewajiban/baru", "kunjungan/baru"])
def test_an_operator_sets_nothing(regency, enter, path):
    assert enter(Role.OPERATOR, KEC).get(f"/pengawasan/{path}").status_code == 403


def bundle(client, address):
    """The zip of a hearing."""
    answer = client.post(f"{address}berkas.zip")
    assert answer.status_code == 200, answer.content[:300]
    return answer.content


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("most", [pack_hearing.WHOLE_LOG_EVENTS, 3])
def test_the_bundle_is_whole_holds_no_person_and_its_own_program_finds_a_change(
    regency, enter, tmp_path, monkeypatch, most
):
    monkeypatch.setattr(pack_hearing, "WHOLE_LOG_EVENTS", most)
    publish_heads(now=clock())
    address = call(enter(Role.PARLIAMENT))
    parliament = enter(Role.PARLIAMENT)
    parliament.post(f"{address}risalah", {"minutes": "Dicatat."})
    decide(parliament, address)
    card = obligations()[0]
    enter(Role.REGISTRY_HEAD).post(
        f"/pengawasan/kewajiban/{card.id}/lapor", {"text": "Terkirim", "file": BytesIO(picture())}
    )
    packed = tmp_path / "berkas.zip"
    packed.write_bytes(bundle(enter(Role.PARLIAMENT), address))
    folder = tmp_path / "isi"
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(folder)
    names = {one.name for one in folder.iterdir()}

    assert {"berkas.pdf", "catatan.jsonl", "ujung.json", "teks.json", "isi.json", "BACA-SAYA.txt", "lampiran"} <= names
    assert ("awal.json" in names) is ("bukti.jsonl" in names) is (most == 3)
    paper = text_of((folder / "berkas.pdf").read_bytes())
    assert "SPESIMEN" in text_of((folder / "berkas.pdf").read_bytes(), "-raw").replace("\n", "")
    assert "Kirim petunjuk ke Sempol" in paper and "Dicatat." in paper
    assert "Contoh" not in (folder / "catatan.jsonl").read_text()
    assert not re.search(r"(?<![0-9a-f-])99\d{14}(?!\d)", (folder / "catatan.jsonl").read_text())
    done = run(folder, packed)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout

    for name, fault in (
        ("berkas.pdf", "file_altered"),
        ("teks.json", "text_altered"),
        ("BACA-SAYA.txt", "file_altered"),
        ("catatan.jsonl", "altered"),
    ):
        kept = (folder / name).read_bytes()
        changed = kept.replace(b"Dicatat.", b"Dihapus.").replace(b'"subject":"regency"', b'"subject":"regensi"', 1)
        (folder / name).write_bytes(changed if changed != kept else kept + b" ")
        told = run(folder, folder, "--json")
        assert told.returncode == 1
        assert fault in {one["reason"] for one in json.loads(told.stdout)["faults"]}, name
        (folder / name).write_bytes(kept)
    assert put_in(packed, tmp_path / "tambahan.zip", {"lampiran/palsu.pdf": b"x"}) == {"file_unlisted"}
    assert put_in(packed, tmp_path / "dua.zip", {"berkas.pdf": paper_of(folder)}) == {"file_twice"}
    (folder / "isi.json").unlink()
    (folder / "berkas.pdf").write_bytes(b"%PDF lain")
    assert {one["reason"] for one in json.loads(run(folder, folder, "--json").stdout)["faults"]} == {"list_missing"}


def paper_of(folder):
    return (folder / "berkas.pdf").read_bytes()


def put_in(packed, copy, files):
    """What the program says of a copy of the bundle with more files in it."""
    copy.write_bytes(packed.read_bytes())
    with zipfile.ZipFile(copy, "a") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return {fault.reason for fault in verifier.check(copy).faults}


def run(folder, *arguments):
    """The program that lies in the bundle, alone."""
    command = [sys.executable, "-I", "-B", str(folder / "periksa_catatan.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_the_log_can_be_checked_with_what_the_pages_give(regency, client, tmp_path):
    publish_heads(now=clock())
    for name, page in (("catatan.jsonl", "unduh.jsonl"), ("ujung.json", "ujung.json"), ("p.py", "periksa_catatan.py")):
        answer = client.get(f"/pengawasan/catatan/{page}")
        (tmp_path / name).write_bytes(b"".join(answer) if not answer.streaming else b"".join(answer.streaming_content))

    whole = verifier.check(tmp_path / "catatan.jsonl", kept_heads=[tmp_path / "ujung.json"])
    lines = (tmp_path / "catatan.jsonl").read_text().splitlines()
    (tmp_path / "catatan.jsonl").write_text("\n".join(lines[:-1]))
    cut = verifier.check(tmp_path / "catatan.jsonl", kept_heads=[tmp_path / "ujung.json"])

    assert verifier.fingerprint(whole.centre_key) in client.get("/pengawasan/catatan/").content.decode()
    assert whole.faults == [] and whole.total == len(lines)
    assert [(one.seq, one.reason) for one in cut.faults] == [(len(lines), "cut_off")]
    assert publish_heads(now=clock()) is False
