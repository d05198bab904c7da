"""What the officer who watched a practice types."""

from django import forms
from django.utils.translation import gettext_lazy

from dekat.faces.another_officer import officer_name, officer_password


class WitnessForm(forms.Form):
    """Their own name and password, at the operator's screen."""

    username = officer_name(label=gettext_lazy("Nama masuk camat atau operator lain"))
    password = officer_password(label=gettext_lazy("Sandi camat atau operator lain"))
