"""The regency looks itself at what a station sent: the same checks on the opened packet, nothing believed.

Done by the centre's worker after the recording was taken in, outside that transaction; cut anywhere, it is done again.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.enrolment import packet_content
from dekat.enrolment.packet_content import PackedCapture, RecordingContent
from dekat.enrolment.positions import FINGERS, IRISES, Position
from dekat.enrolment.quality import Look, judge
from dekat.enrolment.states import Background, Purpose
from dekat.enrolment.verdicts import AWAY, Verdict, asked, likeness_of, verdict_of, verdicts_on
from dekat.kernel.canonical import Json
from dekat.national import queries, services

# A page or the road to the national centre never waits long for a worker that looks at few at a time.
AT_ONCE = 3
# The same picture judged by the same code gives the same score; another release may differ by this much.
_MAY_DIFFER = 10

# What this process could not look at: the judge was away, or the packet is not here.
_put_off: set[UUID] = set()
_gone: set[UUID] = set()

Images = Mapping[Position, bytes]


def judge_waiting(
    *, open_content: Callable[[UUID], bytes | None], actor: Actor, now: Callable[[], datetime], limit: int = AT_ONCE
) -> int:
    """Look at the oldest recordings nobody here looked at; give how many were.

    Facts: `open_content` opens a packet by its id, in memory only. Where the judge is away nothing is noted, and the
    others come first: one picture that no judge survives, or a packet that is gone, holds up nobody else's.
    Again: a recording is looked at once.
    """
    done = tried = 0
    for recording_id, packet_id in queries.waiting_to_be_judged():
        if tried == limit:
            break
        if recording_id in _put_off or recording_id in _gone:
            continue
        content = open_content(packet_id)
        if content is None:
            _gone.add(recording_id)
            continue
        tried += 1
        look = look_into(packet_content.read(content))
        if look is None:
            _put_off.add(recording_id)
            continue
        services.note_look(recording_id=recording_id, look=look, actor=actor, now=now())
        done += 1
    if not tried:
        _put_off.clear()
    return done


def look_into(content: RecordingContent) -> dict[str, Json] | None:
    """What our own judge says to a recording; None when it is away.

    Facts: `weak` are below a threshold, `twins` are one finger under two names, `unlike_rechecks` index fingers that
    were not recognised, `overstated` scored higher at the station than here, `unread` could not be opened.
    """
    named = [one for one in content.captures if one.position in set(Position)]
    main = {Position(one.position): one for one in named if one.purpose == Purpose.MAIN}
    again = {Position(one.position): one.image for one in named if one.purpose == Purpose.RECHECK}
    fingers = {position: main[position].image for position in FINGERS if position in main}
    verdicts = {**_verdicts(fingers), **_verdicts({eye: main[eye].image for eye in IRISES if eye in main})}
    if Position.FACE in main and content.background in set(Background):
        look = _face(main[Position.FACE], content)
        verdicts[Position.FACE] = verdict_of(look) if look else AWAY
    if AWAY in verdicts.values():
        return None
    likenesses = likeness_of(fingers, fingers)
    rechecked = likeness_of(again, fingers, but_itself=False)
    return {
        "weak": _those(verdicts, lambda position, verdict: not verdict.is_good),
        "unread": _those(verdicts, lambda position, verdict: verdict.measures.get("judge") == "unread"),
        "twins": [str(position) for position, one in likenesses.items() if one.same_as],
        "unlike_rechecks": [str(position) for position, one in rechecked.items() if one.same_as != position],
        "overstated": _those(verdicts, lambda position, verdict: _is_overstated(main[position], verdict)),
        "scores": {str(position): verdict.score for position, verdict in verdicts.items()},
    }


def _verdicts(images: Images) -> dict[Position, Verdict]:
    return dict(verdicts_on(images)) if images else {}


def _face(capture: PackedCapture, content: RecordingContent) -> Look | None:
    return asked(lambda: judge().face(capture.jpeg, background=Background(content.background)))


def _those(verdicts: Mapping[Position, Verdict], is_one: Callable[[Position, Verdict], bool]) -> list[Json]:
    return [str(position) for position, verdict in verdicts.items() if is_one(position, verdict)]


def _is_overstated(capture: PackedCapture, ours: Verdict) -> bool:
    theirs = capture.measures.get("score")
    return isinstance(theirs, int) and ours.score is not None and theirs > ours.score + _MAY_DIFFER
