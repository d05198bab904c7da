"""Every command of sync, by its public name.

Station: `seal_packet`, `send_message`, `want_blob`, `reconcile`. Centre: `publish`, `publish_blob`, `take_packet`,
`take_message`, `retry_item`, `mark_durable`, `renew_epoch`. Both sides: a welcome's
orders (`obey`), enrolment by code (`ask_in`, `answer_in`). The rest is what the line needs on either side.
"""

from dekat.sync.blobs import drop as drop_blobs
from dekat.sync.blobs import give_up, keep_fetched, publish_blob, want_blob
from dekat.sync.chain import MAX_PACKED_BYTES, events_to_send, last_hash, next_events, take_events
from dekat.sync.enrol import answer_in, ask_in, read_answer
from dekat.sync.feed import (
    StandsFor,
    apply_batch,
    next_batch,
    next_of,
    position,
    publish,
    renew_epoch,
    retry_unapplied,
    settled_head,
    start_over,
)
from dekat.sync.hello import answer_hello, make_hello, read_welcome
from dekat.sync.identity import take_key, take_life
from dekat.sync.inbox import mark_durable, retry_item, take_message, take_packet
from dekat.sync.orders import obey
from dekat.sync.outbox import (
    SealedPacket,
    note_clock,
    note_durable,
    note_missing,
    note_refused,
    note_sent,
    note_way,
    purge,
    seal_packet,
    send_again,
    send_message,
    take_receipt,
)
from dekat.sync.ports import settle
from dekat.sync.reconcile import Reconciled, reconcile
from dekat.sync.sessions import may_read, read_pass
from dekat.sync.uploads import (
    begin_upload,
    drop_upload,
    finish_upload,
    part_file,
    sweep_uploads,
    upload_progress,
)

__all__ = [
    "MAX_PACKED_BYTES",
    "Reconciled",
    "SealedPacket",
    "StandsFor",
    "answer_hello",
    "answer_in",
    "apply_batch",
    "ask_in",
    "begin_upload",
    "drop_blobs",
    "drop_upload",
    "events_to_send",
    "finish_upload",
    "give_up",
    "keep_fetched",
    "last_hash",
    "make_hello",
    "mark_durable",
    "may_read",
    "next_batch",
    "next_events",
    "next_of",
    "note_clock",
    "note_durable",
    "note_missing",
    "note_refused",
    "note_sent",
    "note_way",
    "obey",
    "part_file",
    "position",
    "publish",
    "publish_blob",
    "purge",
    "read_answer",
    "read_pass",
    "read_welcome",
    "reconcile",
    "renew_epoch",
    "retry_item",
    "retry_unapplied",
    "seal_packet",
    "send_again",
    "send_message",
    "settle",
    "settled_head",
    "start_over",
    "sweep_uploads",
    "take_events",
    "take_key",
    "take_life",
    "take_message",
    "take_packet",
    "take_receipt",
    "upload_progress",
    "want_blob",
]
