"""Which outside thing stands behind each port. The only place that knows everything."""

import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from dekat.accounts.actor import Actor
from dekat.accounts.queries import own_identity
from dekat.accounts.services import apply_account
from dekat.adapters.ipp.client import IppPrinter
from dekat.adapters.mail.carrier import MailCarrier
from dekat.adapters.national.client import HttpGateway
from dekat.adapters.quality.judge import WorkerJudge
from dekat.adapters.quality.limits import read_limits
from dekat.adapters.sbi.client import SbiDevices
from dekat.adapters.sbi.discovery import port_range
from dekat.adapters.sbi.trust import DeviceTrust
from dekat.adapters.text_gateway.carrier import WHATSAPP, TextGateway, approved_whatsapp
from dekat.alerts import contacts as alert_contacts
from dekat.alerts import ports as alert_ports
from dekat.alerts import queries as alert_queries
from dekat.alerts.states import Channel, DispatchState
from dekat.areas.working_calendar import indonesian_calendar, use_calendar, use_declared_days
from dekat.cases import message as application_message
from dekat.desk import appointments, today
from dekat.documents import ended
from dekat.documents import feed as document_feed
from dekat.documents import ports as document_ports
from dekat.duties import closing
from dekat.duties import feed as duties_feed
from dekat.duties import queries as duties_queries
from dekat.duties import services as duties
from dekat.duties.competence import RECORD, competence_reference
from dekat.enrolment import news as enrolment_news
from dekat.enrolment import packet_content, practice, quality
from dekat.enrolment import ports as enrolment_ports
from dekat.enrolment.competence import use_competence
from dekat.enrolment.device_choice import selected_serial
from dekat.enrolment.interrupted import close_sealed
from dekat.equipment import custody, heard, offers, photos, stock_take, telling
from dekat.faces.clock import now
from dekat.faces.ui import navigation
from dekat.flows import (
    account_for_sheet,
    deliver_cards,
    hear_of_equipment,
    keep_appointment,
    receive_print_report,
    receive_recording,
    renew_password,
    submit_application,
)
from dekat.flows.deeds.policy import Policy, use_policy
from dekat.kernel.canonical import Json
from dekat.kernel.signing import VerifyKey
from dekat.kernel.working_time import Calendar
from dekat.ledger import ports as ledger_ports
from dekat.national import ports as national_ports
from dekat.openings import message as opening_message
from dekat.openings import services as openings
from dekat.printing import ports as printing_ports
from dekat.printing import queries as printing_queries
from dekat.project.device_plugin import SBI, plugged_devices
from dekat.registry import extract as resident_extract
from dekat.registry import holding, snapshot, wiping
from dekat.reports import obligations, review_desk
from dekat.sync import aside, lost, outbox, recovery
from dekat.sync import ports as sync_ports

# Pages ask for the calendar dozens of times; a closure may show half a minute late.
_DECLARED_KEPT_S = 30


def connect() -> None:
    """Connect every port; called once when Django is ready."""
    ledger_ports.use_signer(_signer)
    document_ports.use_workshop(_workshop)
    sync_ports.on_feed(resident_extract.FEED_KIND, resident_extract.take_feed_entry)
    sync_ports.on_feed(snapshot.SNAPSHOT_KIND, holding.take_snapshot)
    sync_ports.on_blob(snapshot.SNAPSHOT_KIND, holding.take_block)
    sync_ports.on_settle(snapshot.SNAPSHOT_KIND, holding.name_lacking)
    sync_ports.on_feed(document_feed.FEED_KIND, document_feed.apply_document)
    sync_ports.on_feed(document_feed.FETCHED_KIND, document_feed.apply_fetched)
    sync_ports.on_feed(ended.FEED_KIND, ended.take_feed_entry)
    sync_ports.on_blob(ended.FEED_KIND, ended.take_list)
    sync_ports.on_feed(duties.INSTRUCTION_FEED, duties_feed.apply_instruction)
    sync_ports.on_feed(duties.ANSWER_FEED, duties_feed.apply_answer)
    sync_ports.on_feed(duties.FAQ_FEED, duties_feed.apply_public_answer)
    sync_ports.on_blob(duties.VIDEO_KIND, duties.keep_video)
    sync_ports.on_message(duties.QUESTION_MESSAGE, duties_feed.apply_question)
    sync_ports.on_feed(custody.LIST_FEED, custody.apply_list)
    sync_ports.on_feed(offers.FEED_KIND, heard.apply_offer)
    sync_ports.on_feed(stock_take.FEED_KIND, stock_take.apply_round)
    sync_ports.on_message(telling.MESSAGE_KIND, hear_of_equipment.hear_of_equipment)
    sync_ports.on_packet(photos.PACKET_KIND, photos.take_photo)
    sync_ports.on_feed("account/1", _keep_account)
    sync_ports.on_feed(recovery.FEED_KIND, recovery.take_key)
    sync_ports.on_message(lost.MESSAGE_KIND, lost.hear_lost)
    sync_ports.on_wipe(wiping.wipe_extract)
    sync_ports.on_feed(outbox.NEWS_KIND, outbox.hear_of_item)
    use_policy(lambda: Policy(move_letter_days=settings.ENV.move_letter_days))
    use_calendar(_calendar)
    use_declared_days(lambda: _declared_days(int(time.monotonic() // _DECLARED_KEPT_S)))
    navigation.use_count("oversight", "kewajiban", lambda user: obligations.open_count(now=now()))
    navigation.use_count("station", "petunjuk", _unread_instructions)
    navigation.use_count("station", "cetak", lambda user: _papers_to_print())
    navigation.use_count("station", "alat", lambda user: len(offers.waiting_for(_party(user))))
    navigation.use_count("office", "alat", lambda user: len(offers.waiting_for(offers.OFFICE)))
    navigation.use_count("office", "petunjuk", lambda user: len(duties_queries.questions(is_open=True)))
    navigation.use_count("office", "pemberitahuan", lambda user: alert_queries.dispatch_count(DispatchState.DEAD))
    navigation.use_count("office", "rekaman", lambda user: aside.count())
    navigation.use_count("office", "permohonan", lambda user: review_desk.waiting_for(getattr(user, "role", "")))
    alert_ports.use_carriers(_carriers)
    sync_ports.on_message(alert_contacts.MESSAGE_KIND, alert_contacts.hear_choice)
    printing_ports.use_printer(_printer)
    enrolment_ports.use_devices(_device_source())
    enrolment_ports.use_practice_devices(_practice_devices)
    quality.use_judge(_judge)
    use_competence(_competence)
    sync_ports.on_feed(enrolment_news.FEED_KIND, enrolment_news.apply_status)
    sync_ports.on_message(account_for_sheet.MESSAGE_KIND, receive_print_report.receive_print_report)
    sync_ports.on_message(application_message.MESSAGE_KIND, submit_application.receive_application)
    sync_ports.on_message(renew_password.MESSAGE_KIND, renew_password.receive_renewed)
    national_ports.use_gateway(_gateway)
    for kind in (packet_content.KIND, packet_content.EARLIER):
        sync_ports.on_packet(kind, receive_recording.receive_recording)
        sync_ports.on_adopted(kind, close_sealed)
    sync_ports.on_feed(deliver_cards.BATCH_KIND, deliver_cards.receive_batch)
    sync_ports.on_message(opening_message.MESSAGE_KIND, openings.hear_of_opening)
    sync_ports.on_message(deliver_cards.EVENT_KIND, deliver_cards.hear_of_card)
    sync_ports.on_feed(appointments.FEED_KIND, keep_appointment.receive_appointment)
    sync_ports.on_feed(today.FEED_KIND, today.hear)
    sync_ports.on_message(appointments.NEWS_KIND, keep_appointment.hear_of_appointment)


def _signer() -> ledger_ports.Signer:
    own = own_identity()
    return ledger_ports.Signer(node=own.voice, key=own.signing_key)


def _calendar() -> Calendar:
    return indonesian_calendar(zone=settings.TIME_ZONE, hours=settings.OFFICE_HOURS, closures=settings.OFFICE_CLOSURES)


@lru_cache(maxsize=1)
def _declared_days(_moment: int) -> frozenset[date]:
    return closing.closed_days(ZoneInfo(settings.TIME_ZONE))


def _printer() -> printing_ports.Printer:
    if not settings.ENV.printer_url:
        raise printing_ports.PrinterMissing
    return IppPrinter(settings.ENV.printer_url)


def _carriers() -> dict[Channel, alert_ports.Carrier]:
    """The ways out that are configured; a way without an address is not there."""
    said, found = settings.ENV.telling, dict[Channel, alert_ports.Carrier]()
    bearer = {"Authorization": "Bearer {token}"}
    if said.smtp_url:
        found[Channel.EMAIL] = MailCarrier(said.smtp_url, said.smtp_password, said.mail_from)
    if said.whatsapp_url:
        body = approved_whatsapp(said.whatsapp_template) if said.whatsapp_template else WHATSAPP
        found[Channel.WHATSAPP] = TextGateway(said.whatsapp_url, said.whatsapp_token, body, bearer)
    if said.sms_url:
        found[Channel.SMS] = TextGateway(said.sms_url, said.sms_token, said.sms_body, said.sms_headers)
    return found


def _gateway() -> HttpGateway:
    if not (settings.ENV.national_url and settings.ENV.national_key):
        raise national_ports.NationalCentreMissing
    return HttpGateway(settings.ENV.national_url, VerifyKey.from_text(settings.ENV.national_key))


@cache
def _biometric_devices() -> SbiDevices:
    trust = DeviceTrust(settings.ENV.sbi_trust)
    return SbiDevices(ports=port_range(settings.ENV.sbi_ports), trust=trust, clock=now, choice=selected_serial)


def _device_source() -> Callable[[], enrolment_ports.BiometricDevices]:
    """SBI, or a maker's plug-in, loaded at the start so that a wrong one is known at once."""
    wanted = settings.ENV.devices
    return _biometric_devices if wanted == SBI else plugged_devices(wanted)


@cache
def _practice_devices() -> enrolment_ports.BiometricDevices:
    # Its people are drawn with NumPy, 20 MB: loaded where somebody practises, not on every desk.
    from dekat.adapters.practice_devices.devices import PracticeDevices

    return PracticeDevices(exercise_of=practice.exercise_of, clock=now)


def _competence(actor: Actor, at: datetime) -> str | None:
    return competence_reference(actor=actor, task=RECORD, months=settings.ENV.competence_months, now=at)


def _judge() -> quality.Judge:
    if settings.ENV.judge == "off":
        raise quality.JudgeAway
    return _judge_of(settings.ENV.judge, settings.ENV.quality_file)


@cache
def _judge_of(kind: str, file: Path | None) -> quality.Judge:
    limits = read_limits(file)
    if kind == "full":
        return WorkerJudge(limits)
    # OpenCV takes 40 MB: loaded only where it was chosen to judge inside this process.
    from dekat.adapters.quality.light import LightJudge

    return LightJudge(limits)


def _unread_instructions(user: object) -> int:
    actor = f"account:{getattr(user, 'id', '')}"
    role = getattr(user, "role", "")
    return len(duties_queries.unread(kecamatan=getattr(user, "kecamatan", ""), actor=actor, role=role))


def _party(user: object) -> str:
    return offers.party_of(getattr(user, "kecamatan", ""))


def _papers_to_print() -> int:
    waiting = printing_queries.waiting_documents(settings.ENV.kecamatan)
    return sum(1 for document in waiting if document.fetched_at is None)


def _workshop() -> document_ports.Workshop:
    # Typst, pikepdf and pyHanko take 60 MB: loaded at the first document, never by a process that makes none.
    from dekat.project.workshop import workshop

    return workshop()


def _keep_account(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """An officer of this kecamatan, as the centre told; accounts lie below sync and cannot take it themselves."""
    apply_account({name: value for name, value in body.items() if isinstance(value, str | bool)})
