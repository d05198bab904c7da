"""What may be wrong with a line."""

from dekat.kernel.errors import DekatError


class CentreUnreachable(DekatError):
    """No connection to the centre, or it broke; everything stays safe here and goes later."""

    code = "line.centre.unreachable"


class CentreAway(CentreUnreachable):
    """The way is fine, but the centre has no time or no server: `retry_after_s` is its own word, None without one."""

    code = "line.centre.away"


class NotTheCentre(DekatError):
    """Somebody answered, but the centre did not sign it: a hotspot's log-in page, a proxy, a wrong address."""

    code = "line.centre.not_the_centre"


class Intercepted(NotTheCentre):
    """Somebody on the way shows a certificate that is not the centre's: a proxy that reads along, or a wrong server."""

    code = "line.centre.intercepted"


class CentreRefused(DekatError):
    """The centre itself (signed) said no; `refusal` is its code."""

    code = "line.centre.refused"


class BodyTooLargeForProxy(DekatError):
    """Something on the way takes only smaller pieces."""

    code = "line.proxy.too_large"


def is_answer(trouble: DekatError) -> bool:
    """Whether the centre itself said it: a refusal, or that it has no time just now."""
    return isinstance(trouble, CentreRefused) or bool(isinstance(trouble, CentreAway) and trouble.facts.get("refusal"))
