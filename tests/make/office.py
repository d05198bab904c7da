"""The office's desk for page tests."""

from uuid import uuid4

from django.contrib.auth import get_user_model

from dekat.accounts.actor import machine
from dekat.accounts.roles import KECAMATAN_ROLES
from dekat.accounts.services import open_account
from tests.make.evidence import KEC


def enter(client, role, now):
    """Log a new officer of a role in; the roles of a kecamatan belong to KEC."""
    account = open_account(
        username=f"{role.lower()}-{uuid4().hex[:6]}", full_name="Contoh Orang", role=role,
        kecamatan=KEC if role in KECAMATAN_ROLES else "", password="x",
        actor=machine("centre"), now=now,
    )  # fmt: skip
    client.force_login(get_user_model().objects.get(id=account))
    return client


def written(**more):
    """What the form of an instruction sends: one question, addressed to KEC."""
    said = {
        "title": "Merekam", "body": "## Langkah\n\n1. Cari\n\n<script>x</script>", "legal_basis": "Permenpan 35/2012",
        "services": ["RECORD"], "roles": ["OPERATOR", "DISTRICT_HEAD"], "kecamatan": [KEC], "press": "keep",
        "quiz-TOTAL_FORMS": "1", "quiz-INITIAL_FORMS": "0", "quiz-0-text": "Benar?", "quiz-0-a": "ya",
        "quiz-0-b": "tidak", "quiz-0-right": "a",
    }  # fmt: skip
    return {**said, **more}
