"""A printer reached by IPP: one connection per question, no library, no spooler between."""

from collections.abc import Callable, Iterable
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from itertools import count
from urllib.parse import SplitResult, urlsplit

from dekat.adapters.ipp.encoding import (
    Attribute,
    Group,
    Message,
    NotIpp,
    Operation,
    Section,
    Status,
    Tag,
    decode,
    encode,
)
from dekat.printing.ports import JobPhase, JobReport, JobUnknown, PrinterRefused, PrinterReport, PrinterUnreachable

_PRINTER_FACTS = (
    "printer-uuid",
    "printer-device-id",
    "printer-name",
    "printer-info",
    "printer-state",
    "printer-state-reasons",
    "printer-up-time",
)
# What a printer counts differs from maker to maker; one that reached the number of pages is believed.
_COUNTERS = ("job-impressions-completed", "job-media-sheets-completed")
_JOB_FACTS = ("job-id", "job-name", "job-state", "job-state-reasons", *_COUNTERS)
_PRINTER_PROCESSING, _PRINTER_STOPPED = 4, 5
# Thousands of kept jobs fit; no printer has more to say.
_LARGEST_ANSWER = 4 * 1024 * 1024


Carry = Callable[[bytes], bytes]


class IppPrinter:
    """The `printing` port's printer.

    Facts: `url` is `ipp://host:631/ipp/print` (or `ipps`); `timeout_s` bounds each question; `carry` takes a question
    to the printer and brings its answer, by HTTP unless another way is given.
    """

    def __init__(self, url: str, timeout_s: float = 5.0, carry: Carry | None = None) -> None:
        self._url = url
        self._carry = carry or partial(_over_http, urlsplit(url), timeout_s)
        self._request_ids = count(1)

    def report(self) -> PrinterReport:
        """How the printer is now.

        Refuses: printing.printer.unreachable, printing.printer.refused.
        """
        answer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, [_wanted(_PRINTER_FACTS)])
        facts = answer.group(Section.PRINTER)
        return PrinterReport(
            uuid=facts.text("printer-uuid"),
            serial=_serial(facts.text("printer-device-id")),
            name=facts.text("printer-info") or facts.text("printer-name"),
            is_stopped=facts.number("printer-state") == _PRINTER_STOPPED,
            is_busy=facts.number("printer-state") == _PRINTER_PROCESSING,
            reasons=tuple(reason for reason in facts.texts("printer-state-reasons") if reason != "none"),
            up_seconds=facts.number("printer-up-time"),
        )

    def create(self, name: str) -> int:
        """Open a job under our name; give the printer's number for it."""
        template = [
            Attribute(Tag.INTEGER, "copies", (1,)),
            Attribute(Tag.KEYWORD, "sides", ("one-sided",)),
            Attribute(Tag.KEYWORD, "media", ("iso_a4_210x297mm",)),
        ]
        answer = self._ask(Operation.CREATE_JOB, [Attribute(Tag.NAME, "job-name", (name,))], template)
        return answer.group(Section.JOB).number("job-id")

    def send(self, job_number: int, name: str, pdf: bytes) -> None:
        """Give the open job its only document."""
        about = [
            Attribute(Tag.INTEGER, "job-id", (job_number,)),
            Attribute(Tag.NAME, "document-name", (name,)),
            Attribute(Tag.MIME_TYPE, "document-format", ("application/pdf",)),
            Attribute(Tag.BOOLEAN, "last-document", (True,)),
        ]
        self._ask(Operation.SEND_DOCUMENT, about, document=pdf)

    def job(self, job_number: int) -> JobReport:
        """How a job is.

        Refuses: printing.printer.job_unknown.
        """
        about = [Attribute(Tag.INTEGER, "job-id", (job_number,)), _wanted(_JOB_FACTS)]
        return _job(self._ask(Operation.GET_JOB_ATTRIBUTES, about).group(Section.JOB))

    def jobs(self) -> list[JobReport]:
        """Every job, done or not, that the printer lists."""
        found: dict[int, JobReport] = {}
        # Not-completed first: a job that ends between the two questions is then still seen.
        for which in ("not-completed", "completed"):
            about = [Attribute(Tag.KEYWORD, "which-jobs", (which,)), _wanted(_JOB_FACTS)]
            for group in self._ask(Operation.GET_JOBS, about).all(Section.JOB):
                found[group.number("job-id")] = _job(group)
        return [found[number] for number in sorted(found)]

    def cancel(self, job_number: int) -> None:
        """Take a job back that is not done."""
        self._ask(Operation.CANCEL_JOB, [Attribute(Tag.INTEGER, "job-id", (job_number,))])

    def _ask(
        self,
        operation: Operation,
        about: Iterable[Attribute],
        template: Iterable[Attribute] = (),
        document: bytes = b"",
    ) -> Message:
        head = [
            Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",)),
            Attribute(Tag.LANGUAGE, "attributes-natural-language", ("id",)),
            Attribute(Tag.URI, "printer-uri", (self._url,)),
        ]
        by_target = sorted(about, key=lambda attribute: attribute.name != "job-id")  # the target comes first (RFC 8011)
        who = Attribute(Tag.NAME, "requesting-user-name", ("dekat",))
        groups: list[tuple[Section, Iterable[Attribute]]] = [(Section.OPERATION, [*head, *by_target, who])]
        if template:
            groups.append((Section.JOB, template))
        request_id = next(self._request_ids)
        try:
            answer = decode(self._carry(encode(operation, request_id, groups) + document))
        except NotIpp as error:
            raise PrinterRefused(status="not IPP") from error
        if answer.request_id != request_id:
            raise PrinterUnreachable  # the late answer to an earlier question, which tells nothing about this one
        if answer.code == Status.NOT_FOUND:
            raise JobUnknown
        if answer.code >= Status.BAD_REQUEST:
            raise PrinterRefused(status=f"0x{answer.code:04x}")
        return answer


def _over_http(parts: SplitResult, timeout_s: float, body: bytes) -> bytes:
    kind = HTTPSConnection if parts.scheme == "ipps" else HTTPConnection
    line = kind(parts.hostname or "", parts.port or 631, timeout=timeout_s)
    try:
        line.request("POST", parts.path or "/", body, {"Content-Type": "application/ipp"})
        answer = line.getresponse()
        data = answer.read(_LARGEST_ANSWER)
    except (OSError, HTTPException) as error:
        raise PrinterUnreachable from error
    finally:
        line.close()
    if answer.status != 200:
        raise PrinterRefused(status=f"HTTP {answer.status}")
    return data


def _wanted(names: tuple[str, ...]) -> Attribute:
    return Attribute(Tag.KEYWORD, "requested-attributes", names)


def _job(group: Group) -> JobReport:
    return JobReport(
        job_number=group.number("job-id"),
        name=group.text("job-name"),
        phase=_phase(group.number("job-state")),
        is_incoming="job-incoming" in group.texts("job-state-reasons"),
        sheets_done=max((n for n in map(group.count, _COUNTERS) if n is not None), default=None),
    )


def _phase(state: int) -> JobPhase:
    try:
        return JobPhase(state)
    except ValueError as error:
        raise PrinterRefused(status=f"job state {state}") from error


def _serial(device_id: str) -> str:
    """The serial number in an IEEE 1284 device id (`MFG:…;SN:…;`); empty when the maker left it out."""
    pairs = (part.split(":", 1) for part in device_id.split(";") if ":" in part)
    fields = {key.strip().upper(): value.strip() for key, value in pairs}
    return next((fields[key] for key in ("SN", "SERN", "SERIALNUMBER") if fields.get(key)), "")
