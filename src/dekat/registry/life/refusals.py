"""Why a family, or an event, may not be so."""

from dekat.kernel.errors import DekatError


class NobodySuch(DekatError):
    """The event names somebody who is not in the families it is about."""

    code = "registry.life.person_unknown"


class NotLiving(DekatError):
    """The person died, moved away or was merged; only a correction brings them back."""

    code = "registry.life.not_here"


class NoAdultLeft(DekatError):
    """Children would stay behind without a grown-up."""

    code = "registry.life.no_adult_left"


class HeadTooYoung(DekatError):
    """Who becomes head of a family must be grown up."""

    code = "registry.life.head_too_young"


class NumberNeeded(DekatError):
    """A new family, or a family with a new head, needs the nomor KK that the national centre gives."""

    code = "registry.life.number_needed"


class NumberNotNeeded(DekatError):
    """The head stays, so the nomor KK stays."""

    code = "registry.life.number_not_needed"


class RelationsMissing(DekatError):
    """With a new head, everybody's relation has to be said anew."""

    code = "registry.life.relations_missing"


class NoSpouse(DekatError):
    """Somebody is called husband or wife of the head without being married."""

    code = "registry.life.no_spouse"


class SamePerson(DekatError):
    """A record cannot be merged into itself."""

    code = "registry.life.same_person"


class NikWouldEnd(DekatError):
    """Of two records of one human the one with a NIK goes on."""

    code = "registry.life.nik_would_end"


class NotMarried(DekatError):
    """Who was never married, or is no longer, cannot be divorced or widowed."""

    code = "registry.life.not_married"


class AlreadyMarried(DekatError):
    """A married woman cannot marry; a married man only by order of a court."""

    code = "registry.life.already_married"


class NobodyMoves(DekatError):
    """An event about nobody."""

    code = "registry.life.nobody"
