"""Each station hears what it can give today and where else, so that its queue says it beforehand."""

from dekat.accounts.queries import stations
from dekat.desk import today
from dekat.faces.clock import now
from dekat.reports import services_today
from dekat.sync import services as sync


def tell_stations() -> None:
    """Tell every station its services; what it knows already is not told again."""
    at = now()
    for kecamatan in sorted({one.kecamatan for one in stations() if one.kecamatan}):
        body = today.message(services_today.of_kecamatan(kecamatan, now=at))
        sync.publish(scope=kecamatan, kind=today.FEED_KIND, key=kecamatan, body=body, now=at)
