"""Ask the centre's register of the running sample, as a person at its console would."""

import json
import os
import subprocess
import sys

QUESTION = """
import json, sys
from dekat.registry import queries
found = queries.family(queries.family_ids(sys.argv[1])[int(sys.argv[2])])
members = [
    {"nik": one.nik, "born_year": one.born_on.year, "words": f"{one.occupation} {one.education}"}
    for one in queries.members(found.id)
]
print(json.dumps({"family_card_no": found.family_card_no, "members": members}))
"""


def console(regency, where, *arguments, **instead):
    """Run Python with the settings of one node of the sample, or with others instead; give what came of it."""
    environment = {
        **os.environ,
        **regency.layout.environment(where),
        **instead,
        "DJANGO_SETTINGS_MODULE": "dekat.project.settings",
    }
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def family(regency, kecamatan, place=0):
    """The numbers and members of one family of a kecamatan, in the order of the register."""
    code = f"import django; django.setup()\n{QUESTION}"
    done = console(regency, "centre", "-c", code, kecamatan, str(place))
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
