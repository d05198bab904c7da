"""An application from the first page to the collected paper, as people press and officers sign."""

import html
import json
import re
from dataclasses import dataclass
from uuid import UUID, uuid5

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.cases import queries as cases
from dekat.cases.queries import ApplicationCard
from dekat.cases.states import State
from dekat.documents import queries as documents
from dekat.documents.queries import DocumentCard
from dekat.flows import account_for_sheet, approve_application, gather_numbers
from dekat.kernel.ids import new_id
from dekat.printing import services as printing
from dekat.printing.models import PrintJob
from dekat.printing.states import Collector, PrintState
from dekat.sync import envelope
from dekat.sync import ports as sync_ports
from dekat.sync.queries import sealed_bytes
from tests.make.accounts import HEAD, VERIFIER, let_in

# The label of each field stands before it, or after it where it is a box to tick.
_FIELD = re.compile(r'<label[^>]*for="id_([\w-]+)"[^>]*>\s*([^<]*)')


def fields(page: str) -> dict[str, str]:
    """The fields of a page by their names, with their labels."""
    return {name: html.unescape(label).strip() for name, label in _FIELD.findall(page)}


def hidden(page: str, name: str) -> str:
    """The value that a page sends along."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no {name} on the page"
    return found.group(1)


@dataclass
class Office:
    """The centre with its officers at their pages, and the national centre behind it."""

    client: object
    gateway: object
    identity: object
    now: object

    def log_in(self, role: Role) -> None:
        from django.contrib.auth import get_user_model

        known = get_user_model().objects.filter(username=role.lower()).first()
        self.client.force_login(known) if known else let_in(self.client, role, now=self.now)

    def apply(self, slug: str, nik: str, card_no: str, **said: object) -> ApplicationCard:
        """From home, as anybody; the form keeps us until it is right."""
        address = f"/ajukan/{slug}/"
        page = self.client.get(address).content.decode()
        told = {"nik": nik, "family_card_no": card_no, "phone": "", **said}
        answer = self.client.post(address, {"application_id": hidden(page, "application_id"), **told})
        assert answer.status_code == 302, re.findall(r"govuk-error-message.*", answer.content.decode())
        return cases.by_code(answer.url.rsplit("/", 1)[1])

    def show(self, card: ApplicationCard) -> str:
        """What the verifier sees."""
        self.log_in(Role.VERIFIER)
        return self.client.get(f"/kantor/permohonan/{card.id}/").content.decode()

    def approve(self, card: ApplicationCard, **relations: str) -> str:
        """The verifier takes the application and answers what is asked of each person; give the page that follows."""
        self.log_in(Role.VERIFIER)
        here = f"/kantor/permohonan/{card.id}/"
        self.client.post(f"{here}periksa/")
        asked = fields(self.client.get(here).content.decode())
        said = {
            name: code
            for name, label in asked.items()
            for person, code in relations.items()
            if label.upper().endswith(person.upper())
        }
        return self.client.post(f"{here}setujui/", said, follow=True).content.decode()

    def gather(self) -> None:
        """The worker asks the national centre and takes what it gives."""
        for _ in range(2):
            gather_numbers.gather_numbers(gateway=self.gateway, actor=VERIFIER, now=lambda: self.now)
        approve_application.take_numbers(actor=VERIFIER, now=self.now)

    def sign(self, card: ApplicationCard) -> list[DocumentCard]:
        """The head signs; give the papers."""
        self.log_in(Role.REGISTRY_HEAD)
        self.client.post(f"/kantor/permohonan/{card.id}/tandatangani/")
        signed = cases.application(card.id)
        assert signed.state == State.ISSUED, signed.state
        return [documents.document(paper.document_id) for paper in signed.papers]

    def decide(self, card: ApplicationCard, **relations: str) -> list[DocumentCard]:
        """Review, numbers where any are needed, signature."""
        page = self.approve(card, **relations)
        assert cases.application(card.id).state in (State.NUMBERING, State.APPROVED), page
        self.gather()
        return self.sign(card)

    def collect(self, papers: list[DocumentCard]) -> None:
        """Each paper is printed in its kecamatan, looked at, and handed over; the centre hears of it."""
        for paper in papers:
            actor = Actor(HEAD.account_id, Role.OPERATOR, paper.kecamatan, "centre")
            sheet = printing.ask_print(
                print_id=new_id(self.now), document_id=paper.id, kecamatan=paper.kecamatan, actor=actor, now=self.now
            )
            PrintJob.objects.filter(id=sheet.id).update(state=PrintState.OUT)
            self._tell(account_for_sheet.confirm_sheet(print_id=sheet.id, actor=actor, now=self.now))
            handed = account_for_sheet.hand_over_sheet(
                print_id=sheet.id, collector=Collector.SELF, receiver_name="Warga Contoh", actor=actor, now=self.now
            )
            self._tell(handed)

    def _tell(self, sheet: object) -> None:
        self.deliver(uuid5(sheet.id, sheet.state), f"station-{sheet.kecamatan}")

    def deliver(self, message_id: UUID, node: str) -> None:
        """Open what a station sealed and hand it to the centre's handler, as the line does."""
        sealed = sealed_bytes(message_id)
        parsed = envelope.parse(sealed, max_bytes=len(sealed))
        body = json.loads(parsed.open(self.identity.open_key))
        sync_ports.message_handler(parsed.header.kind)(item_id=message_id, node=node, body=body, now=self.now)
