"""A station's print worker as a process of its own, to be killed: prints until nothing is left, then ends."""

import time
from datetime import UTC, datetime

import django

django.setup()

from dekat.printing import queries, rules  # noqa: E402
from dekat.printing.worker import PrintWorker  # noqa: E402

worker = PrintWorker(clock=lambda: datetime.now(UTC))
print("at work", flush=True)
while queries.jobs("35.11.15", states=rules.AT_WORK):
    worker.run_once()
    time.sleep(0.01)
