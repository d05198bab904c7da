"""Anybody can check a document: green, yellow, red, with and without JavaScript."""

import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

import dekat.faces.resident
from dekat.documents import ended, ports, queries, services, status_list
from dekat.documents.kinds import RevocationReason
from dekat.documents.stamp import as_code, from_code
from dekat.kernel.ids import new_id, spaced
from tests.make.documents import CENTRE, become_a_station, family_card, issue_family_card, make_workshop
from tests.make.paper import page_image

pytestmark = pytest.mark.django_db
STATIC = Path(dekat.faces.resident.__path__[0]) / "static" / "resident"
BUILT = Path(dekat.faces.resident.__path__[0]).parent / "ui" / "static" / "built"


@pytest.fixture
def card(identity, now, tmp_path, monkeypatch):
    made = make_workshop(tmp_path, now)
    monkeypatch.setattr(ports, "_source", lambda: made)
    return issue_family_card(now)


def code_of(card):
    return as_code(card.stamp, address="http://127.0.0.1:8000")


def altered(code):
    place = len(code) - 60
    return code[:place] + ("B" if code[place] == "A" else "A") + code[place + 1 :]


def shown(response):
    """The verdict that a page without JavaScript shows, and its text."""
    html = response.content.decode().split("<template")[0]
    found = re.search(r'class="verdict verdict--(\w+)"', html)
    return (found[1] if found else None), html


def check(client, **given):
    return shown(client.post("/v", {"typed": "", **given}))


@pytest.mark.parametrize("address", ["/v", "/V", "/v/"])
def test_the_page_opens_for_anybody_in_small_letters_and_in_capitals(client, db, address):
    response = client.get(address)

    assert response.status_code == 200
    assert shown(response)[0] is None


def test_a_genuine_card_is_green_and_shows_what_its_paper_shows_and_no_more(client, card):
    tone, html = check(client, typed=code_of(card))

    assert tone == "valid"
    assert "4071" in html
    assert "CKK" in html
    assert spaced(card.serial) in html
    assert "Spesimen" in html
    assert "9911121506174071" not in html
    assert "CONTOH" not in html


def test_a_replaced_card_is_yellow(client, card, now):
    issue_family_card(now, content=family_card(5))

    assert check(client, typed=code_of(card))[0] == "outdated"


def test_a_revoked_card_is_yellow_and_says_withdrawn(client, card, now):
    services.revoke(document_id=card.id, reason=RevocationReason.COURT_ORDER, actor=CENTRE, now=now)

    tone, html = check(client, typed=code_of(card))

    assert tone == "outdated"
    assert "sudah dicabut" in html


def test_one_altered_letter_is_red(client, card):
    tone, html = check(client, typed=altered(code_of(card)))

    assert tone == "false"
    assert "4071" not in html


def test_the_number_on_the_paper_can_be_typed(client, card):
    assert check(client, typed=spaced(card.serial).lower())[0] == "valid"


def test_a_mistyped_number_is_asked_again_and_not_called_false(client, card):
    tone, html = check(client, typed=card.serial[:-1] + ("A" if card.serial[-1] != "A" else "B"))

    assert tone is None
    assert "salah ketik" in html


def test_an_empty_form_says_what_to_do(client, db):
    assert "Ketik nomor dokumen, atau pilih foto kodenya." in check(client)[1]


def test_a_photo_of_the_paper_is_enough(client, card):
    photo = BytesIO()
    page_image(queries.file_bytes(card.id), dpi=150).rotate(2, expand=True, fillcolor=200).save(
        photo, "JPEG", quality=70
    )

    tone, _ = check(client, file=SimpleUploadedFile("kk.jpg", photo.getvalue(), "image/jpeg"))

    assert tone == "valid"


def test_a_photo_without_a_code_says_so(client, db):
    blank = BytesIO()
    Image.new("L", (400, 400), 255).save(blank, "PNG")

    assert "tidak terbaca" in check(client, file=SimpleUploadedFile("x.png", blank.getvalue(), "image/png"))[1]


def test_rubbish_instead_of_a_photo_says_so(client, db):
    assert "tidak terbaca" in check(client, file=SimpleUploadedFile("x.png", b"\x89PNG rubbish", "image/png"))[1]


def test_rubbish_that_calls_itself_a_pdf_says_so(client, db):
    for rubbish in (b"%PDF-1.7 rubbish", b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>"):
        assert "tidak terbaca" in check(client, file=SimpleUploadedFile("x.pdf", rubbish, "application/pdf"))[1]


@pytest.mark.urls("dekat.project.urls_station")
def test_a_station_says_what_it_can_know_of_a_paper_of_another_kecamatan(client, card, now):
    raw, code = ended.signed_list(now=now), code_of(card)
    become_a_station(now)
    before, _ = check(client, typed=code)
    ended.take_list(sha256="", content=raw, now=now)

    tone, html = check(client, typed=code)

    assert before == "unknown"
    assert tone == "unknown"
    assert "Asli, belum tercatat diganti" in html
    assert client.get(f"/v/keadaan/{card.id}").json()["verdict"] == "LISTED"
    assert client.get("/v/daftar").content == raw


def test_the_signed_file_itself_is_green_and_with_one_changed_byte_red(client, card):
    pdf = queries.file_bytes(card.id)

    assert check(client, file=SimpleUploadedFile("kk.pdf", pdf, "application/pdf"))[0] == "valid"
    assert check(client, file=SimpleUploadedFile("kk.pdf", pdf + b"\n", "application/pdf"))[0] == "false"


def test_the_standing_of_an_unknown_document_has_the_shape_of_a_known_one(client, card, now):
    known = client.get(f"/v/keadaan/{card.id}").json()
    unknown = client.get(f"/v/keadaan/{new_id(now)}").json()

    assert known["verdict"] == "VALID"
    assert unknown["verdict"] == "FALSE"
    assert known.keys() == unknown.keys()


def test_the_offline_worker_may_keep_the_page(client, db):
    response = client.get("/v/luring.js")

    assert response["Service-Worker-Allowed"] == "/"
    assert "&#x27;" not in response.content.decode()


def test_the_list_of_ended_documents_is_for_everybody(client, card, now):
    services.revoke(document_id=card.id, reason=RevocationReason.COURT_ORDER, actor=CENTRE, now=now)

    response = client.get("/v/daftar")

    keys = {bytes.fromhex(name): bytes.fromhex(key) for name, key in client.get("/v/kunci.json").json()["keys"].items()}
    assert status_list.decode(response.content, keys).status_of(card.id) == "REVOKED"
    assert response["Cache-Control"] == "public, max-age=21600"


def test_the_browser_reads_the_list_as_the_server_does(tmp_path, card, client, now):
    former = issue_family_card(now, subject="family:2")
    issue_family_card(now, subject="family:2", content=family_card(5))
    services.revoke(document_id=card.id, reason=RevocationReason.COURT_ORDER, actor=CENTRE, now=now)
    ended = client.get("/v/daftar").content

    said = in_browser_engine(tmp_path / "js", client, [], ended=ended, ids=[card.id, former.id, new_id(now)])

    assert said == ["REVOKED", "SUPERSEDED", "LISTED"]


def in_browser_engine(tmp_path, client, codes, *, without_ed25519=False, ended=b"", ids=()):
    """Run the page's own module in Node and give what it says about each code."""
    (tmp_path / "resident").mkdir(parents=True)
    (tmp_path / "built").mkdir()
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "resident/verify_stamp.js").write_text((STATIC / "verify_stamp.js").read_text())
    if not (BUILT / "noble-ed25519.js").exists():
        raise AssertionError("the built assets are missing: make assets")
    (tmp_path / "built/noble-ed25519.js").write_text((BUILT / "noble-ed25519.js").read_text())
    hide = "crypto.subtle.importKey = () => { throw new Error('unknown algorithm'); };" if without_ed25519 else ""
    (tmp_path / "resident/run.js").write_text(
        f"""import {{ readFileSync }} from "node:fs";
        import {{ readEndedList, readStamp }} from "./verify_stamp.js"; {hide}
        const given = JSON.parse(readFileSync("given.json")), said = [];
        const name = (error) => error.constructor.name;
        for (const code of given.codes) said.push(await readStamp(code, given.keys).catch(name));
        if (given.ended) {{
          const list = await readEndedList(Uint8Array.from(Buffer.from(given.ended, "hex")), given.keys);
          for (const id of given.ids) said.push(await list.verdictOf(id));
        }}
        console.log(JSON.stringify(said));"""
    )
    given = {"codes": codes, "keys": client.get("/v/kunci.json").json()["keys"]}
    given |= {"ended": ended.hex(), "ids": [str(one) for one in ids]}
    (tmp_path / "given.json").write_text(json.dumps(given))
    node = Path(sys.executable).parent / "node"
    done = subprocess.run([node, "resident/run.js"], cwd=tmp_path, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("without_ed25519", [False, True])
def test_the_browser_reads_a_genuine_stamp_as_the_server_does(tmp_path, card, client, without_ed25519):
    said = in_browser_engine(tmp_path / "js", client, [code_of(card)], without_ed25519=without_ed25519)

    assert said[0]["documentId"] == str(card.id)
    assert (said[0]["numberTail"], said[0]["initials"], said[0]["count"]) == ("4071", "CKK", 4)


def test_the_browser_accepts_not_one_flipped_bit(tmp_path, card, client):
    raw = from_code(code_of(card))
    flipped = []
    for bit in range(len(raw) * 8):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        flipped.append(as_code(bytes(changed), address="http://x"))

    said = in_browser_engine(tmp_path / "js", client, [*flipped, altered(code_of(card))])

    assert {one if isinstance(one, str) else "ACCEPTED" for one in said} <= {
        "FalseStamp",
        "UnknownKey",
        "TypeError",
        "RangeError",
    }
