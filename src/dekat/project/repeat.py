"""Work that a node does again and again beside its pages."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connection

from dekat.kernel.errors import DekatError

logger = logging.getLogger(__name__)


def every(seconds: float, name: str, work: Callable[[], object]) -> threading.Thread:
    """Do `work` every so many seconds in a thread of its own; a failure is logged and the next turn comes."""

    def go() -> None:
        while True:
            close_old_connections()
            try:
                work()
            except DekatError as refusal:
                logger.info("project.worker.refused", extra={"worker": name, "code": refusal.code})
            except Exception:  # the top of a thread: a bug must be seen in the log and must not end the node
                logger.exception("project.worker.failed", extra={"worker": name})
            finally:
                connection.close()
            time.sleep(seconds)

    thread = threading.Thread(target=go, name=name, daemon=True)
    thread.start()
    return thread
