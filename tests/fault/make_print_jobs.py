"""A fresh station with documents that are asked to be printed; says the ids, one a line."""

import sys
from datetime import UTC, datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from dekat.accounts.roles import NodeKind  # noqa: E402
from dekat.accounts.services import found_node  # noqa: E402
from dekat.kernel.ids import new_id  # noqa: E402
from dekat.printing import services  # noqa: E402
from tests.make import printing  # noqa: E402
from tests.make.accounts import OPERATOR  # noqa: E402

call_command("migrate", verbosity=0)
now = datetime.now(UTC)
found_node(name="station-35.11.15", kind=NodeKind.STATION, kecamatan="35.11.15", now=now)
for _ in range(int(sys.argv[1])):
    document = printing.held_document(now)
    job = services.ask_print(print_id=new_id(now), document_id=document, kecamatan="35.11.15", actor=OPERATOR, now=now)
    print(job.id)
