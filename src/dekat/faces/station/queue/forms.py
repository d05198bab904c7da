"""What a new ticket is for. The page makes its id, so a second press gives the same number."""

from django import forms

from dekat.desk.states import Priority, Service


class TakeForm(forms.Form):
    """One ticket."""

    ticket_id = forms.UUIDField(widget=forms.HiddenInput)
    service = forms.ChoiceField(choices=Service.choices)
    priority = forms.ChoiceField(choices=Priority.choices, required=False)


class CheckInForm(forms.Form):
    """The code on the slip of an appointment."""

    ticket_id = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(max_length=20)
