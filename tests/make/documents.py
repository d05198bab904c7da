"""Contents of papers, with people who do not exist, and a workshop that makes them."""

from pathlib import Path

import dekat.documents
from dekat.accounts.actor import machine
from dekat.accounts.models import NodeSecret
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import found_node
from dekat.adapters.signer.key_folder import stamp_key
from dekat.adapters.signer.trial_authority import trial_signer
from dekat.adapters.typst.renderer import TypstRenderer
from dekat.documents import services
from dekat.documents.kinds import DocumentKind, SheetKind
from dekat.documents.models import Document
from dekat.documents.papers import PAPERS
from dekat.documents.ports import Authority, Official, Workshop

OFFICIAL = {"name": "Drs. CONTOH PEJABAT, M.Si.", "nip": "19650101 199003 1 001", "title": "Kepala Dinas Contoh"}
CENTRE = machine("centre")
DOCUMENTS = Path(dekat.documents.__path__[0])
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4"><path d="M0 0h3v4H0z" fill="#888"/></svg>'
DUTY = {"party": "Diskominfo", "what": "Perbaiki menara", "place": "Cermee", "due": "-", "state": "-", "source": "-"}
PARTY = {"role": "Pihak Pertama", "name": "CONTOH PEJABAT", "position": "Kepala Dinas", "nip": "19650101 199003 1 001"}


def renderer() -> TypstRenderer:
    """The real renderer with the real templates and fonts."""
    return TypstRenderer(templates=DOCUMENTS / "templates", fonts=DOCUMENTS / "fonts")


def make_workshop(folder: Path, now, *, signer=None) -> Workshop:
    """A centre's workshop in a folder of its own."""
    authority = Authority(
        signer=signer or trial_signer(folder / "authority", now=now),
        stamp_key=stamp_key(folder / "authority"),
        issuer="ID-9911",
        address="http://127.0.0.1:8000",
        official=Official(**OFFICIAL),
        regency="Bondowoso",
    )
    return Workshop(renderer=renderer(), archive=folder / "documents", authority=authority)


def member(number: int, **changes: str) -> dict[str, str]:
    """One member of a family, whose NIK starts with 99."""
    return {
        "name": f"CONTOH ANGGOTA {number}",
        "nik": f"99111204097100{number:02d}",
        "sex": "LAKI-LAKI",
        "birth_place": "BONDOWOSO",
        "birth_date": "04-09-1971",
        "religion": "ISLAM",
        "education": "SLTA/SEDERAJAT",
        "occupation": "PETANI/PEKEBUN",
        "blood_type": "TIDAK TAHU",
        "marital_status": "KAWIN TERCATAT",
        "marriage_date": "04-09-1996",
        "relation_to_head": "KEPALA KELUARGA" if number == 1 else "ANAK",
        "nationality": "WNI",
        "passport_no": "-",
        "kitap_no": "-",
        "father": "CONTOH AYAH",
        "mother": "CONTOH IBU",
        **changes,
    }


def family_card(members: int = 4, **changes: object) -> dict[str, object]:
    """The content of a family card as callers give it: day and official are the office's to add."""
    return {
        "family_card_no": "9911121506174071",
        "head_name": "CONTOH KEPALA KELUARGA",
        "address": "DUSUN KRAJAN I",
        "rt": "023",
        "rw": "004",
        "postal_code": "68281",
        "village": "AMBULU",
        "kecamatan": "WRINGIN",
        "regency": "BONDOWOSO",
        "province": "JAWA TIMUR",
        "members": [member(number) for number in range(1, members + 1)],
        **changes,
    }


def finished_family_card(members: int = 4, **changes: object) -> dict[str, object]:
    """The same with everything the paper shows, for the renderer alone."""
    whole = family_card(members, **changes)
    return {"issued_on": "23-11-2026", "official": OFFICIAL, "serial": "7K3QX-91BZT", **whole}


def issue_family_card(now, *, subject: str = "family:1", kecamatan: str = "35.11.12", **given):
    """A family card, issued through the real service."""
    given.setdefault("content", family_card())
    return services.issue(
        kind=DocumentKind.FAMILY_CARD, subject=subject, kecamatan=kecamatan, actor=CENTRE, now=now, **given
    )


def become_a_station(now) -> None:
    """From here on this machine is a station that holds no document."""
    NodeSecret.objects.all().delete()
    found_node(name="sempol", kind=NodeKind.STATION, kecamatan="35.11.19", now=now)
    Document.objects.all().delete()


def every_other_paper() -> dict[str, dict[str, object]]:
    """One content for each template besides the family card, by template."""
    lines = [{"label": "Harga", "value": "Rp 128.571.000"}]
    turn = {"holder": "Dispendukcapil", "reason": "Petunjuk belum dikirim", "days": "289", "cost": "Rp 20.362.000"}
    return {
        "handover_record.typ": {
            **dict.fromkeys(["number", "on_in_words", "regency", "tested", "total", "basis"], "Contoh"),
            "parties": [{**PARTY, "signature": PICTURE}, {**PARTY, "signature": ""}],
            "items": [{"name": "Alat", "serial": "REC-1", "year": "2020", "price": "1", "condition": "Baik"}],
            "serial": "7K3QX-91BZT",
        },
        "card_batch.typ": {
            **dict.fromkeys(["number", "on", "kecamatan", "regency", "sealed_with"], "Contoh"),
            "parties": [PARTY, PARTY],
            "cards": [{"code": "7K3Q", "name": "CONTOH", "nik": "991112******0001", "blank_no": "B-1"}] * 40,
            "serial": "7K3QX-91BZT",
        },
        "evidence_pack.typ": {
            **dict.fromkeys(["device_serial", "device_name", "kecamatan", "regency"], "Contoh"),
            **dict.fromkeys(["as_of", "headline", "explanation"], "Contoh"),
            "facts": lines,
            "turns": [{**turn, "from_on": "17-03-2021", "until_on": "31-12-2021"}],
            "totals": [{"holder": "Dispendukcapil", "days": "289", "cost": "Rp 20.362.000", "share": "100"}],
            "evidence": [{"on": "17-03-2021", "what": "Diserahkan", "by": "Dispendukcapil", "event": "019acb7e"}] * 30,
            "replies": [{"party": "Dispendukcapil", "on": "12-01-2022", "text": "Petunjuk sedang disusun."}],
            "serial": "7K3QX-91BZT",
        },
        "hearing_pack.typ": {
            **dict.fromkeys(["number", "title", "on", "regency", "as_of", "headline"], "Contoh"),
            **dict.fromkeys(["minutes", "trips", "cost"], "Contoh"),
            "parties": ["Dispendukcapil", "Diskominfo"],
            "questions": ["Berapa harganya?"],
            "months": ["September 2026", "Oktober 2026", "November 2026"],
            "turns": [
                {"place": "Wringin", "device": "REC-1", "reason": "Rusak", "holder": "Pemasok", "days": "9", "due": "-"}
            ],
            **dict.fromkeys(("duties", "former", "results"), [DUTY] * 12),
            "asked": [{"place": "Wringin", "on": "17-03-2021", "days": "9", "text": "Kapan?"}],
            "instructions": [{"title": "Merekam", "sent": "23", "understood": "22", "missing": "Pakem"}],
            "claims": [{"by": "DPRD", "on": "03-02-2021", "said": "19", "counted": "14", "source": "Rapat"}],
            "use": [{"place": "Wringin", "counts": ["1", "2", "3"]}] * 23,
            "evidence": [{"on": "17-03-2021", "what": "Diserahkan", "by": "Dispendukcapil", "event": "019acb7e"}] * 30,
            "replies": [{"party": "Dispendukcapil", "on": "12-01-2022", "text": "Petunjuk sedang disusun."}],
            "serial": "7K3QX-91BZT",
        },
        "receipt.typ": {
            **dict.fromkeys(["title", "office", "number", "promise", "next_step"], "Contoh"),
            "facts": lines,
        },
        "asset_book.typ": {
            **dict.fromkeys(["title", "party", "location", "as_of", "regency", "total"], "Contoh"),
            "columns": [
                {"head": "Nama", "width": "10", "align": "left"},
                {"head": "Rp", "width": "5", "align": "right"},
            ],
            "rows": [{"cells": ["Alat", "1"]}] * 60,
        },
        "id_card.typ": {
            **dict.fromkeys(PAPERS[SheetKind.ID_CARD].shape, "CONTOH"),
            "photo": PICTURE,
            "signature": PICTURE,
        },
        "equipment_labels.typ": {
            "regency": "Contoh",
            "labels": [{**dict.fromkeys(["serial", "name", "asset_code", "place"], "REK-1"), "qr": PICTURE}] * 25,
        },
        "card_label.typ": dict.fromkeys(
            ["number", "kecamatan", "regency", "card_count", "sealed_on", "sealed_with"], "Contoh"
        ),
    }
