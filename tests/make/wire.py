"""A station's questions to the wire of a centre, by hand, each on a connection of its own."""

import base64
import http.client
from hashlib import sha256

from dekat.sync import sessions

PACKETS = "/sync/v1/packets"


def passed(station, now):
    """What a station with a pass sends along."""
    given = sessions.make_pass(node_name=station.name, now=now)
    return {"Authorization": f"Bearer {given}", "Tus-Resumable": "1.0.0"}


def ask(server, method, path, headers, body=b"", **more):
    """Status, headers in small letters, body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request(method, path, body=body, headers={**headers, **more})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content


def begin(server, headers, data, upload_id=None, *, says_digest=True, **more):
    """Announce an upload."""
    digest = sha256(data).hexdigest() if says_digest else None
    said = {"sha256": digest, "id": upload_id and str(upload_id)}
    metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items() if value)
    return ask(
        server, "POST", PACKETS, headers, **{"Upload-Length": str(len(data)), "Upload-Metadata": metadata}, **more
    )


def patch(server, headers, path, offset, body, **more):
    """Send a piece."""
    fixed = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return ask(server, "PATCH", path, headers, body, **fixed, **more)
