"""Commands of a recording: start, resume, biodata, signature, move, discard.

Fingers and eyes are in `capturing`, the portrait in `photo`, exceptions in `absences`, the seal in `seal`,
the centre's news in `news`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate
from PIL import Image

from dekat.accounts.actor import Actor
from dekat.enrolment import rules
from dekat.enrolment.absences import SIGNATURE
from dekat.enrolment.again import check_not_recorded
from dekat.enrolment.ages import card_from, check_age
from dekat.enrolment.biodata import Biodata
from dekat.enrolment.competence import NotCompetent, competence_of
from dekat.enrolment.models import Recording, Signature
from dekat.enrolment.progress import progress_of
from dekat.enrolment.quality import judge
from dekat.enrolment.room import check_room
from dekat.enrolment.saving import (
    RecordingUnknown,
    empty,
    is_saved,
    recording_of,
    refused_count,
    refused_name,
    save,
    tell,
)
from dekat.enrolment.states import Domicile, Place, Step
from dekat.enrolment.verdicts import AWAY, asked, verdict_of
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_code

_LARGEST_DRAWING_BYTES, _LARGEST_DRAWING_SIDE = 500_000, 4096


class SignatureEmpty(DekatError):
    """Nobody drew on the signature pad."""

    code = "enrolment.signature_empty"


class ElsewhereUnchangeable(DekatError):
    """A correction was asked for somebody who is recorded outside their domicile."""

    code = "enrolment.elsewhere.no_change"


class SignatureTooFaint(DekatError):
    """What was drawn is a dot or a short line, not yet somebody's signature."""

    code = "enrolment.signature_too_faint"


def start(
    *,
    recording_id: UUID,
    biodata: Biodata,
    actor: Actor,
    now: datetime,
    domicile: Domicile = Domicile.HERE,
    place: Place = Place.COUNTER,
    asks_first: bool = False,
) -> UUID:
    """Begin a recording of a resident, or give the one already open for that resident.

    Facts: with `asks_first`, somebody whose sealed recording is here already is not begun a second time.
    Again: the same `recording_id`, or a resident with an open recording, returns that recording.
    Refuses: enrolment.operator_not_competent, enrolment.too_young, enrolment.no_room, enrolment.already_recorded.
    """
    competence = competence_of(actor, now=now)
    if competence is None or actor.account_id is None:
        raise NotCompetent
    today = localdate(now)
    with transaction.atomic():
        is_open = Q(resident_id=biodata.resident_id) & ~Q(step__in=[Step.SEALED, Step.DISCARDED])
        known = Recording.objects.filter(Q(id=recording_id) | is_open).order_by("started_at").first()
        if known:
            return known.id
        if asks_first:
            check_not_recorded(biodata.resident_id)
        check_age(biodata, on=today)
        check_room()
        Recording.objects.create(
            id=recording_id,
            resident_id=biodata.resident_id,
            kecamatan=actor.kecamatan,
            operator_id=actor.account_id,
            competence=competence,
            domicile=domicile,
            place=place,
            background=rules.background_for(birth_year=biodata.birth_year, is_foreigner=biodata.is_foreigner),
            biodata=biodata.as_map(),
            card_from=card_from(born_on=biodata.born_on, marital_status=biodata.marital_status, on=today),
            code=new_code(),
            started_at=now,
            touched_at=now,
        )
        tell("enrolment.recording.started", recording_id, {"kecamatan": actor.kecamatan}, actor=actor, now=now)
        return recording_id


def resume(*, recording_id: UUID, now: datetime) -> None:
    """Take up a recording again; the pause does not count as the operator's time.

    Refuses: enrolment.recording_unknown.
    """
    if not Recording.objects.filter(id=recording_id).update(touched_at=now):
        raise RecordingUnknown


def confirm_biodata(
    *, recording_id: UUID, step_id: UUID, corrections: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    """Keep that the resident's data were read out and are right, but for the corrections asked for.

    Facts: `corrections` maps an element to what the resident says; they travel as a change request and alter nothing.
    Refuses: enrolment.elsewhere.no_change.
    Law: perpres-96-2018
    """

    def keep(recording: Recording) -> None:
        if corrections and recording.domicile == Domicile.ELSEWHERE:
            raise ElsewhereUnchangeable
        recording.is_biodata_confirmed = True
        recording.corrections = [{"element": name, "wanted": text} for name, text in sorted(corrections.items())]
        recording.save(update_fields=["is_biodata_confirmed", "corrections"])

    save(recording_id, step_id, Step.BIODATA, "biodata", keep, actor=actor, now=now)


def keep_signature(
    *, recording_id: UUID, step_id: UUID, strokes: Sequence[Json], png: bytes, actor: Actor, now: datetime
) -> None:
    """Keep the signature as drawn; who can only draw a dot is asked three times, then it is theirs.

    Refuses: enrolment.signature_empty, enrolment.signature_too_faint.
    """
    if not strokes or not _is_drawing(png):
        raise SignatureEmpty
    if is_saved(step_id):
        return
    look = asked(lambda: judge().signature(png, strokes=strokes))
    verdict = verdict_of(look) if look else AWAY
    if not verdict.is_good and rules.may_refuse(refused_count(recording_of(recording_id), "signature")):
        save(recording_id, step_id, Step.SIGNATURE, refused_name("signature"), _nothing, actor=actor, now=now)
        raise SignatureTooFaint

    def keep(recording: Recording) -> None:
        recording.absences.filter(position=SIGNATURE).delete()
        drawn = {"strokes": list(strokes), "png": png, "measures": dict(verdict.measures), "signed_at": now}
        Signature.objects.update_or_create(recording=recording, defaults=drawn)

    save(recording_id, step_id, Step.SIGNATURE, "signature", keep, actor=actor, now=now)


def _nothing(recording: Recording) -> None:
    """Keep nothing but that it was tried."""


def _is_drawing(png: bytes) -> bool:
    """Whether the bytes are a picture of a pad's size; a small file may claim to be a huge one."""
    try:
        with Image.open(BytesIO(png), formats=["PNG"]) as picture:
            picture.verify()
            return len(png) <= _LARGEST_DRAWING_BYTES and max(picture.size) <= _LARGEST_DRAWING_SIDE
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False


def move(*, recording_id: UUID, step_id: UUID, to: Step, actor: Actor, now: datetime) -> None:
    """Go on to the next step, or back to an earlier one.

    Refuses: enrolment.move_not_allowed, enrolment.step_unfinished.
    """

    def keep(recording: Recording) -> None:
        rules.check_move(start=Step(recording.step), to=to, progress=progress_of(recording))
        recording.step = to
        recording.save(update_fields=["step"])

    save(recording_id, step_id, None, f"to_{to}", keep, actor=actor, now=now)


def discard(*, recording_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    """End a recording that shall not go on (the wrong person, the resident left); what was captured is deleted.

    Refuses: enrolment.move_not_allowed.
    """

    def keep(recording: Recording) -> None:
        rules.check_move(start=Step(recording.step), to=Step.DISCARDED, progress=progress_of(recording))
        empty(recording)
        recording.step = Step.DISCARDED
        recording.save(update_fields=["step"])
        if not recording.is_practice:
            tell("enrolment.recording.discarded", recording_id, {}, actor=actor, now=now)

    save(recording_id, step_id, None, "discarded", keep, actor=actor, now=now)
