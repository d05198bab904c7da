"""The other contestants, as their makers ship them, with the retrying around them that an operator would script.

`peers.py tuspy|post URL FOLDER GIVEN`; tus-js-client has `tus_js.mjs`, rsync is called in a loop.
"""

import http.client
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

PIECE = 64 * 1024
# As with curl and requests: no byte moved for so long, and the try is over.
STILL_S = 60.0


def main(how: str, url: str, folder: Path, given: str) -> None:
    """Bring the folder's files over, however often it takes."""
    send = {"tuspy": _tuspy, "post": _post}[how]
    for file in sorted(folder.iterdir()):
        while True:
            try:
                send(url, file, given)
                break
            except Exception as trouble:  # whatever a stock client throws, it is asked again
                print(file.name, repr(trouble), file=sys.stderr, flush=True)
                time.sleep(1)


_uploaders: dict[str, object] = {}


def _tuspy(url: str, file: Path, given: str) -> None:
    from tusclient.client import TusClient

    if file.name not in _uploaders:
        client = TusClient(url, headers={"Authorization": f"Bearer {given}"})
        _uploaders[file.name] = client.uploader(str(file), chunk_size=128 * 1024, retries=3, retry_delay=1)
    _uploaders[file.name].upload()  # type: ignore[attr-defined]


def _post(url: str, file: Path, given: str) -> None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=STILL_S)
    try:
        with file.open("rb") as body:
            connection.request("POST", "/", body=body, headers={"Content-Length": str(file.stat().st_size)})
            if connection.getresponse().status != 204:
                raise OSError
    finally:
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])
