"""One application's whole way through the pages: asked for, decided, numbered, signed, printed, collected."""

import json
import time
from uuid import uuid5

from django.test import Client

from dekat.accounts.actor import Actor, machine
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import Role
from dekat.cases import queries as cases
from dekat.cases.states import State
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentKind
from dekat.documents.papers import PRINTED_AT_STATIONS
from dekat.faces.clock import now
from dekat.flows import account_for_sheet, approve_application
from dekat.flows.gather_numbers import gather_numbers
from dekat.kernel.ids import new_id
from dekat.printing import queries as sheets
from dekat.printing import services as printing
from dekat.printing.states import Collector, PrintState
from dekat.printing.worker import PrintWorker
from dekat.sync import envelope
from dekat.sync import ports as sync_ports
from dekat.sync.queries import sealed_bytes
from tests.make.accounts import HEAD, let_in

CENTRE = machine("centre")


class Office:
    """The pages of the centre with a resident, a reviewer and the head before them, and the station that prints."""

    def __init__(self, *, gateway, kecamatan):
        self.gateway, self.kecamatan = gateway, kecamatan
        self.resident, self.reviewer, self.head = Client(), Client(), Client()
        let_in(self.reviewer, Role.VERIFIER, now=now())
        let_in(self.head, Role.REGISTRY_HEAD, now=now())
        self.operator = Actor(HEAD.account_id, Role.OPERATOR, kecamatan, f"station-{kecamatan}")

    def ask(self, slug, *, by, family, **answers):
        """Send the form of a service from home; give the application."""
        said = {"application_id": str(new_id(now())), "nik": by.nik, "family_card_no": family.family_card_no, **answers}
        answer = self.resident.post(f"/ajukan/{slug}/", said)
        assert answer.status_code == 302, answer.content.decode()
        return cases.by_code(answer.url.rstrip("/").rpartition("/")[2])

    def decide(self, card, **said):
        """Take and approve it with what the office adds; give the answer of the page."""
        self.reviewer.post(f"/kantor/permohonan/{card.id}/periksa/")
        return self.reviewer.post(f"/kantor/permohonan/{card.id}/setujui/", said)

    def sign(self, card):
        """Let the numbers come, then let the head sign; give the application."""
        for _ in ("asked", "given"):
            gather_numbers(gateway=self.gateway, actor=CENTRE, now=now)
        approve_application.take_numbers(actor=CENTRE, now=now())
        signed = self.head.post(f"/kantor/permohonan/{card.id}/tandatangani/")
        assert signed.status_code == 302, signed.content.decode()
        return cases.application(card.id)

    def serve(self, slug, *, decision=None, **asked):
        """From the form to the signature."""
        card = self.ask(slug, **asked)
        approved = self.decide(card, **(decision or {}))
        assert approved.status_code == 302, approved.content.decode()
        card = self.sign(card)
        assert card.state == State.ISSUED
        return card

    def papers(self, card):
        """The documents of an application by their kind; a KK for each family."""
        return [documents.document(paper.document_id) for paper in card.papers]

    def collect(self, card):
        """Print and hand over every paper where its kind is printed; give the application."""
        for document in self.papers(card):
            if document.kind.value in PRINTED_AT_STATIONS:
                self._collect_at_station(document)
            elif document.kind == DocumentKind.CHILD_CARD:
                pdf = self.reviewer.get(f"/kantor/kia/{document.id}.pdf")
                assert pdf.content.startswith(b"%PDF")
                self.reviewer.post(f"/kantor/kia/{document.id}/tercetak/")
                self.reviewer.post(f"/kantor/kia/{document.id}/serahkan/", {"receiver": "Contoh Penerima"})
        return cases.application(card.id)

    def _collect_at_station(self, document):
        at, operator = now(), self.operator
        sheet = printing.ask_print(
            print_id=new_id(at), document_id=document.id, kecamatan=self.kecamatan, actor=operator, now=at
        )
        work_until(sheet.id, PrintState.OUT)
        printed = account_for_sheet.confirm_sheet(print_id=sheet.id, actor=operator, now=at)
        self.deliver(uuid5(printed.id, printed.state))
        handed = account_for_sheet.hand_over_sheet(
            print_id=sheet.id, collector=Collector.SELF, receiver_name="Contoh", actor=operator, now=at
        )
        self.deliver(uuid5(handed.id, handed.state))

    def deliver(self, message_id):
        """Open what the station sealed and hand it to the centre's handler, as the line does."""
        sealed = sealed_bytes(message_id)
        parsed = envelope.parse(sealed, max_bytes=len(sealed))
        handler = sync_ports.message_handler(parsed.header.kind)
        body = json.loads(parsed.open(own_identity().open_key))
        handler(item_id=message_id, node=f"station-{self.kecamatan}", body=body, now=now())


def work_until(print_id, state):
    """Let the print worker work until a sheet stands there."""
    worker = PrintWorker(clock=now)
    for _ in range(300):
        worker.run_once()
        if sheets.job(print_id).state == state:
            return
        time.sleep(0.01)
    raise AssertionError(sheets.job(print_id).state)
