"""What may be wrong with a line."""

from dekat.kernel.errors import DekatError


class CentreUnreachable(DekatError):
    """No connection to the centre, or it broke; everything stays safe here and goes later."""

    code = "line.centre.unreachable"


class NotTheCentre(DekatError):
    """Somebody answered, but the centre did not sign it: a hotspot's log-in page, a proxy, a wrong address."""

    code = "line.centre.not_the_centre"


class CentreRefused(DekatError):
    """The centre itself (signed) said no; `refusal` is its code."""

    code = "line.centre.refused"


class BodyTooLargeForProxy(DekatError):
    """Something on the way takes only smaller pieces."""

    code = "line.proxy.too_large"
