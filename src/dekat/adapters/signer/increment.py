"""What a signer appended to a PDF: a signature may come, and nothing that changes what people see or a reader does.

pyHanko judges what follows a signature, not what a signer puts into the file together with it; so this does.
"""

from collections.abc import Collection

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

# What a signer's work belongs to: signature fields, their rights, evidence for later, who saved the file and when.
_CATALOGUE_MAY = frozenset({"/AcroForm", "/Perms", "/DSS", "/Extensions", "/Version", "/Metadata"})
_PAGE_MAY = frozenset({"/Annots"})
# Annotation flags Hidden and NoView.
_UNSEEN = 0b100010


def adds_only_a_signature(reader: PdfFileReader, sent: PdfFileReader) -> bool:
    """Whether the file shows and does what the sent one did. It begins with the sent one's bytes."""
    pages = [sent.find_page_for_modification(n)[0].reference for n in range(int(sent.root["/Pages"]["/Count"]))]
    may_differ = dict.fromkeys(pages, _PAGE_MAY) | {sent.root_ref: _CATALOGUE_MAY}
    free = {_reference(sent.trailer_view, "/Info"), _reference(sent.root, "/Metadata")}
    if reader.root_ref != sent.root_ref:
        return False
    for reference in _rewritten(reader, sent) - free:
        was, now = sent.get_object(reference), reader.get_object(reference)
        if not _is_same(was, now, may_differ.get(reference, frozenset())):
            return False
    form = _at(reader.root, "/AcroForm")
    if isinstance(form, generic.DictionaryObject) and "/XFA" in form:
        return False
    return all(_is_unseen(new.get_object()) for page in pages for new in _new_annotations(page, reader, sent))


def _rewritten(reader: PdfFileReader, sent: PdfFileReader) -> set[generic.Reference]:
    """The objects of the sent file that a later revision gives anew or takes away."""
    later = range(sent.xrefs.total_revisions, reader.xrefs.total_revisions)
    named = {
        reference
        for number in later
        for reference in (reader.xrefs.explicit_refs_in_revision(number) | reader.xrefs.refs_freed_in_revision(number))
    }
    return {reference for reference in named if _exists(sent, reference)}


def _exists(sent: PdfFileReader, reference: generic.Reference) -> bool:
    try:
        return sent.xrefs[reference] is not None
    except KeyError:
        return False


def _is_same(was: generic.PdfObject, now: generic.PdfObject, but: Collection[str]) -> bool:
    if isinstance(was, generic.StreamObject):
        return isinstance(now, generic.StreamObject) and was.data == now.data
    if isinstance(was, generic.DictionaryObject) and isinstance(now, generic.DictionaryObject):
        keys = {*was, *now} - set(but)
        return all(key in was and key in now and was.raw_get(key) == now.raw_get(key) for key in keys)
    return was == now


def _new_annotations(page: generic.Reference, reader: PdfFileReader, sent: PdfFileReader) -> list[generic.PdfObject]:
    before, after = (_entries(file.get_object(page), "/Annots") for file in (sent, reader))
    return after[len(before) :] if after[: len(before)] == before else after


def _entries(holder: generic.DictionaryObject, key: str) -> list[generic.PdfObject]:
    found = _at(holder, key)
    return list(found) if isinstance(found, generic.ArrayObject) else []


def _is_unseen(annotation: generic.PdfObject) -> bool:
    """A signature's place without extent, or one that no reader draws."""
    if not isinstance(annotation, generic.DictionaryObject) or {"/A", "/AA"} & set(annotation):
        return False
    if str(_at(annotation, "/Subtype")) != "/Widget" or str(_at(annotation, "/FT")) != "/Sig":
        return False
    left, low, right, high = _entries(annotation, "/Rect")
    flags = _at(annotation, "/F")
    return left == right or low == high or (isinstance(flags, int) and bool(flags & _UNSEEN))


def _at(holder: generic.DictionaryObject, key: str) -> generic.PdfObject | None:
    """What lies there, followed if it is only named; pyHanko's own `get` does not follow."""
    try:
        found: generic.PdfObject = holder[key]
        return found
    except KeyError:
        return None


def _reference(holder: generic.DictionaryObject, key: str) -> generic.Reference | None:
    found = holder.get_value_as_reference(key, optional=True)
    return found if isinstance(found, generic.Reference) else None
