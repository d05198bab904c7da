"""Acts about a station's way to its centre: through a proxy, with a CA of its own, with a name service that lies."""

import contextlib
import socket
from pathlib import Path

from django.conf import settings

from dekat.adapters.centre_line.worker import SyncWorker
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from tests.fault.nodes import acts

_workers: dict[str, SyncWorker] = {}
_real_names = socket.getaddrinfo


def look(url, patience_s=2, ca_file="", proxy_url=""):
    """One whole round; give what can be read after it: the state of the line, the code, what hinders the way."""
    if url not in _workers:
        _workers[url] = SyncWorker(
            centre_url=url,
            clock=acts.now,
            patience_s=float(patience_s),
            ca_file=Path(ca_file) if ca_file else None,
            proxy_url=proxy_url,
            way_file=settings.ENV.data_dir / "way.json",
        )
    try:
        _workers[url].run_once()
    except DekatError:
        """The status tells."""
    status = _workers[url].status()
    return [str(status.state), status.code, status.finding]


def names(address=""):
    """From now on every name points to this address, or, when it is empty, the name service is gone."""

    def found(host, port, *more, **named):
        if not address:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return _real_names(address, port, *more, **named)

    socket.getaddrinfo = found


def said(name):
    """The data of every event of this name here."""
    return [event.data for event in ledger.events(names=[name])]


def sockets():
    """The internet sockets of this process: where each listens or leads, `0.0.0.0:0` for none."""
    mine = {_target(one) for one in Path("/proc/self/fd").iterdir()}
    tables = [Path(f"/proc/self/net/{kind}").read_text() for kind in ("tcp", "tcp6")]
    lines = [line.split() for table in tables for line in table.splitlines()]
    return [[line[3], _readable(line[1]), _readable(line[2])] for line in lines if f"socket:[{line[9]}]" in mine]


def _target(descriptor):
    with contextlib.suppress(OSError):  # closed since it was listed
        return str(descriptor.readlink())


def _readable(text):
    address, port = text.split(":")
    raw = b"".join(bytes.fromhex(address[at : at + 8])[::-1] for at in range(0, len(address), 8))
    family = socket.AF_INET if len(raw) == 4 else socket.AF_INET6
    return f"{socket.inet_ntop(family, raw)}:{int(port, 16)}"


ACTS = {one.__name__: one for one in (look, names, said, sockets)}
