"""IPP on the wire, against bytes worked out by hand from RFC 8010."""

import pytest

from dekat.adapters.ipp.encoding import Attribute, NotIpp, Operation, Section, Tag, decode, encode

CHARSET = Attribute(Tag.CHARSET, "attributes-charset", ("utf-8",))
GET_JOBS = bytes.fromhex(
    "0200"
    "000a"
    "00000007"  # version 2.0, Get-Jobs, request 7
    "01"  # operation attributes
    "47"
    "0012" + b"attributes-charset".hex() + "0005" + b"utf-8".hex() + "03"
)


def test_a_request_is_written_as_the_rfc_says():
    assert encode(Operation.GET_JOBS, 7, [(Section.OPERATION, [CHARSET])]) == GET_JOBS


def test_every_kind_of_value_survives_the_way():
    sent = [
        Attribute(Tag.INTEGER, "job-id", (-1, 7)),
        Attribute(Tag.BOOLEAN, "last-document", (True,)),
        Attribute(Tag.KEYWORD, "printer-state-reasons", ("media-empty-error", "paused")),
        Attribute(Tag.TEXT, "printer-info", ("Printer contoh · é",)),
    ]

    read = decode(encode(Operation.CREATE_JOB, 1, [(Section.PRINTER, sent)]) + b"%PDF").group(Section.PRINTER)

    assert read.attributes["job-id"] == [-1, 7]
    assert read.attributes["last-document"] == [True]
    assert read.texts("printer-state-reasons") == ("media-empty-error", "paused")
    assert read.text("printer-info") == "Printer contoh · é"


def test_the_document_follows_the_message():
    assert decode(GET_JOBS + b"%PDF-1.7").document == b"%PDF-1.7"


@pytest.mark.parametrize("length", range(len(GET_JOBS)))
def test_a_cut_message_is_refused(length):
    with pytest.raises(NotIpp):
        decode(GET_JOBS[:length])
