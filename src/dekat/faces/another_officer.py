"""Another officer at the screen of the one who works: an own name and password, typed once and kept nowhere."""

from functools import partial

from django import forms

officer_name = partial(
    forms.CharField, max_length=60, widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"})
)
officer_password = partial(
    forms.CharField, max_length=200, strip=False, widget=forms.PasswordInput({"autocomplete": "off"})
)
