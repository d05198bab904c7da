"""Documents that a station holds, and its virtual printer."""

from hashlib import sha256

from dekat.documents import archive, ports
from dekat.documents.feed import apply_document
from dekat.kernel.clock import iso
from dekat.kernel.ids import new_code, new_id

PDF = b"%PDF-1.7\n% lembar contoh\n%%EOF\n"


def keep_documents_in(folder):
    """Give this machine an archive, and nothing to issue with."""
    ports.use_workshop(lambda: ports.Workshop(renderer=None, archive=folder, authority=None))


def held_document(now, *, kecamatan="35.11.15", subject="", version=1, content=PDF, page_count=1, document_id=None):
    """A document as the centre's feed brings it, with its file; give its id."""
    document_id = document_id or new_id(now)
    body = {
        "id": str(document_id),
        "kind": "FAMILY_CARD",
        "subject": subject or f"family:{document_id}",
        "kecamatan": kecamatan,
        "version": version,
        "serial": new_code(),
        "status": "ACTIVE",
        "sha256": sha256(content).hexdigest(),
        "size_bytes": len(content),
        "page_count": page_count,
        "stamp": "00",
        "signer": "Uji",
        "is_specimen": True,
        "issued_at": iso(now),
        "changed_at": iso(now),
        "superseded_by": None,
        "revocation_reason": "",
        "stamp_keys": {},
    }
    apply_document(item_id=document_id, node="centre", body=body, now=now)
    archive.keep(ports.workshop().archive, document_id, content)
    return document_id
