"""What the virtual printer answers to each IPP operation."""

from collections.abc import Callable, Iterable

from dekat.adapters.ipp.encoding import Attribute, Message, Operation, Section, Status, Tag, encode
from dekat.adapters.ipp.virtual_mechanism import Mechanism, VirtualJob
from dekat.printing.ports import JobPhase

Groups = list[tuple[Section, Iterable[Attribute]]]
Reply = tuple[Status, Groups]
_IDLE, _PROCESSING, _STOPPED = 3, 4, 5


def answer(printer: Mechanism, message: Message) -> bytes:
    """Do what the message asks and write the reply."""
    work = _WORK.get(message.code)
    with printer.lock:
        status, groups = work(printer, message) if work else (Status.OPERATION_UNSUPPORTED, [])
    head = [
        Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(Tag.LANGUAGE, "attributes-natural-language", ("id",)),
    ]
    return encode(status, message.request_id, [(Section.OPERATION, head), *groups])


def _printer_attributes(printer: Mechanism, message: Message) -> Reply:
    reasons = printer.reasons()
    is_busy = any(job.phase == JobPhase.PROCESSING for job in printer.jobs.values())
    state = _STOPPED if reasons else _PROCESSING if is_busy else _IDLE
    waiting = sum(not job.is_over for job in printer.jobs.values())
    facts = [
        Attribute(Tag.URI, "printer-uuid", (printer.uuid,)),
        Attribute(Tag.TEXT, "printer-device-id", (f"MFG:Dekat;MDL:Printer contoh;SN:{printer.serial};",)),
        Attribute(Tag.NAME, "printer-name", ("dekat-contoh",)),
        Attribute(Tag.TEXT, "printer-info", ("Printer contoh Dekat",)),
        Attribute(Tag.ENUM, "printer-state", (state,)),
        Attribute(Tag.KEYWORD, "printer-state-reasons", tuple(reasons) or ("none",)),
        Attribute(Tag.BOOLEAN, "printer-is-accepting-jobs", (True,)),
        Attribute(Tag.INTEGER, "queued-job-count", (waiting,)),
        Attribute(Tag.INTEGER, "printer-up-time", (printer.up_seconds,)),
        Attribute(Tag.MIME_TYPE, "document-format-supported", ("application/pdf",)),
        Attribute(Tag.ENUM, "operations-supported", tuple(int(operation) for operation in Operation)),
    ]
    return Status.OK, [(Section.PRINTER, facts)]


def _create_job(printer: Mechanism, message: Message) -> Reply:
    job = printer.new_job(message.group(Section.OPERATION).text("job-name"))
    return Status.OK, [(Section.JOB, _job_facts(printer, job))]


def _send_document(printer: Mechanism, message: Message) -> Reply:
    about = message.group(Section.OPERATION)
    job = printer.jobs.get(about.number("job-id"))
    if job is None:
        return Status.NOT_FOUND, []
    if about.text("document-format") != "application/pdf" or not message.document.startswith(b"%PDF"):
        return Status.FORMAT_UNSUPPORTED, []
    if not job.is_incoming or job.is_over:
        return Status.NOT_POSSIBLE, []
    printer.take(job, message.document)
    return Status.OK, [(Section.JOB, _job_facts(printer, job))]


def _get_job(printer: Mechanism, message: Message) -> Reply:
    job = printer.jobs.get(message.group(Section.OPERATION).number("job-id"))
    return (Status.OK, [(Section.JOB, _job_facts(printer, job))]) if job else (Status.NOT_FOUND, [])


def _get_jobs(printer: Mechanism, message: Message) -> Reply:
    wants_over = message.group(Section.OPERATION).text("which-jobs") == "completed"
    chosen = [job for job in printer.jobs.values() if job.is_over == wants_over]
    return Status.OK, [(Section.JOB, _job_facts(printer, job)) for job in chosen]


def _cancel_job(printer: Mechanism, message: Message) -> Reply:
    job = printer.jobs.get(message.group(Section.OPERATION).number("job-id"))
    if job is None:
        return Status.NOT_FOUND, []
    if job.is_over:
        return Status.NOT_POSSIBLE, []
    job.phase = JobPhase.CANCELED
    return Status.OK, []


def _job_facts(printer: Mechanism, job: VirtualJob) -> list[Attribute]:
    reason = "job-incoming" if job.is_incoming else "job-completed-successfully" if job.is_over else "job-queued"
    return [
        Attribute(Tag.INTEGER, "job-id", (job.number,)),
        Attribute(Tag.URI, "job-uri", (f"{printer.url}/{job.number}",)),
        Attribute(Tag.NAME, "job-name", (job.name,)),
        Attribute(Tag.ENUM, "job-state", (int(printer.phase_of(job)),)),
        Attribute(Tag.KEYWORD, "job-state-reasons", (reason,)),
        Attribute(Tag.INTEGER, "job-impressions-completed", (job.sheets_done,)),
        Attribute(Tag.INTEGER, "job-media-sheets-completed", (job.sheets_done,)),
    ]


_WORK: dict[int, Callable[[Mechanism, Message], Reply]] = {
    Operation.GET_PRINTER_ATTRIBUTES: _printer_attributes,
    Operation.CREATE_JOB: _create_job,
    Operation.SEND_DOCUMENT: _send_document,
    Operation.GET_JOB_ATTRIBUTES: _get_job,
    Operation.GET_JOBS: _get_jobs,
    Operation.CANCEL_JOB: _cancel_job,
}
