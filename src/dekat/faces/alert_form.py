"""How somebody wants to be told: one form for officers at the centre, at a station, and for offices."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _

from dekat.alerts.contacts import Choice
from dekat.alerts.queries import ContactCard
from dekat.alerts.states import Channel


class ChannelForm(forms.Form):
    """The channel, the address, the quiet hours. Duties cannot be switched off: there is nothing to tick."""

    channel = forms.ChoiceField(label=_("Lewat apa?"), choices=Channel.choices, widget=forms.RadioSelect)
    address = forms.CharField(
        label=_("Alamat e-mail atau nomor HP"),
        max_length=120,
        help_text=_("Contoh: nama@kantor.go.id atau 0812 3456 7890."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "email"}),
    )
    wants_digest = forms.BooleanField(
        label=_("Kirim juga ringkasan pagi"),
        required=False,
        help_text=_("Kabar yang tidak meminta tindakan. Giliran dan tenggat Anda tetap dikirim."),
    )
    quiet_from = forms.TimeField(
        label=_("Jangan ganggu mulai pukul"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=_("sampai pukul"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict[str, object]:
        """Quiet hours have both ends or none."""
        said = self.cleaned_data
        if (said.get("quiet_from") is None) != (said.get("quiet_until") is None):
            self.add_error("quiet_until", _("Isi jam mulai dan jam sampai, atau kosongkan keduanya."))
        return said

    @property
    def choice(self) -> Choice:
        """What was chosen."""
        said = self.cleaned_data
        return Choice(
            channel=Channel(said["channel"]),
            address=said["address"],
            wants_digest=said["wants_digest"],
            quiet_from=said["quiet_from"],
            quiet_until=said["quiet_until"],
        )


def initial_of(card: ContactCard | None, quiet: tuple[time, time]) -> dict[str, object]:
    """What the form shows first: the choice so far, else e-mail with the regency's quiet hours."""
    begins, ends = quiet if quiet[0] != quiet[1] else (None, None)
    if card is None:
        return {"channel": Channel.EMAIL, "wants_digest": True, "quiet_from": begins, "quiet_until": ends}
    return {
        "channel": card.channel,
        "address": card.address,
        "wants_digest": card.wants_digest,
        "quiet_from": card.quiet_from or begins,
        "quiet_until": card.quiet_until or ends,
    }
