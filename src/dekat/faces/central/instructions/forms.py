"""The forms of an instruction: its text and addressees, its quiz, its files, its end, the answer to a question."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from dekat.duties.quiz import QuizQuestion
from dekat.faces.instruction_words import GROUP_WORDS, ROLE_WORDS, SERVICE_WORDS

EVERYWHERE = "SEMUA"
MOST_QUESTIONS, _CHOICES = 10, ("a", "b", "c", "d")
LARGEST_PICTURE_BYTES = 8 * 1024 * 1024


class InstructionForm(forms.Form):
    """Text and addressees; `answers` are the questions of kecamatan that this version answers."""

    title = forms.CharField(label=_("Judul"), max_length=160)
    legal_basis = forms.CharField(
        label=_("Dasar hukum"), required=False, max_length=200, help_text=_("Misalnya: Permenpan 35/2012, lampiran II.")
    )
    body = forms.CharField(
        label=_("Isi petunjuk"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Markdown: ## judul bagian, 1. langkah, **tebal**. Gambar: ![keterangan](gambar-1)."),
    )
    change = forms.CharField(
        label=_("Apa yang berubah dari versi yang berlaku?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Satu dua kalimat. Dibaca operator dan camat paling dulu. Wajib sebelum versi baru terbit."),
    )
    services = forms.MultipleChoiceField(
        label=_("Untuk layanan apa?"),
        choices=list(SERVICE_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Perekaman dan cetak menyangkut alat: giliran alat menunggu operator dan camat mengerti."),
    )
    roles = forms.MultipleChoiceField(
        label=_("Siapa yang harus menyatakan mengerti?"),
        choices=list(ROLE_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    groups = forms.MultipleChoiceField(
        label=_("Untuk kecamatan mana?"),
        choices=[(EVERYWHERE, _("Semua kecamatan")), *GROUP_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    kecamatan = forms.MultipleChoiceField(
        label=_("Atau pilih satu per satu"), widget=forms.CheckboxSelectMultiple, required=False
    )
    answers = forms.MultipleChoiceField(
        label=_("Pertanyaan yang dijawab dengan versi ini"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        *args: object,
        places: Sequence[tuple[str, str]],
        open_questions: Sequence[tuple[str, str]],
        is_new: bool,
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, choices in (("kecamatan", places), ("answers", open_questions)):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = list(choices)
        if not open_questions:
            del self.fields["answers"]
        if is_new:
            del self.fields["change"]

    def clean(self) -> dict[str, object]:
        """Somebody must be addressed."""
        said = super().clean() or {}
        if not said.get("groups") and not said.get("kecamatan"):
            self.add_error("groups", _("Pilih paling sedikit satu kecamatan atau kelompok."))
        return said


class QuizQuestionForm(forms.Form):
    """One question of the quiz: two to four choices, one of them right; without text it is left out."""

    text = forms.CharField(label=_("Pertanyaan"), required=False, max_length=300)
    a = forms.CharField(label=_("Pilihan A"), required=False, max_length=200)
    b = forms.CharField(label=_("Pilihan B"), required=False, max_length=200)
    c = forms.CharField(label=_("Pilihan C"), required=False, max_length=200)
    d = forms.CharField(label=_("Pilihan D"), required=False, max_length=200)
    right = forms.ChoiceField(
        label=_("Yang benar"),
        required=False,
        choices=[("", _("Pilih")), *((one, one.upper()) for one in _CHOICES)],
    )

    def clean(self) -> dict[str, object]:
        """A question with words has two choices at least, and the right one among them."""
        said = super().clean() or {}
        given = [one for one in _CHOICES if said.get(one)]
        if said.get("text"):
            if len(given) < 2:
                self.add_error("b", _("Tulis paling sedikit dua pilihan."))
            if said.get("right") not in given:
                self.add_error("right", _("Tunjuk satu pilihan yang terisi sebagai jawaban yang benar."))
        elif given:
            self.add_error("text", _("Tulis pertanyaannya, atau kosongkan pilihannya."))
        return said

    def question(self) -> QuizQuestion | None:
        """The question as the domain keeps it."""
        said = self.cleaned_data
        given = [one for one in _CHOICES if said.get(one)]
        if not said.get("text"):
            return None
        return QuizQuestion(said["text"], tuple(said[one] for one in given), given.index(said["right"]))


QuizForms = forms.formset_factory(QuizQuestionForm, extra=0, max_num=MOST_QUESTIONS, validate_max=True)


def quiz_initial(questions: Sequence[QuizQuestion], *, empty: int) -> list[dict[str, str]]:
    """The quiz as its forms show it, with some empty questions after it."""
    rows = [
        {"text": one.text, **dict(zip(_CHOICES, one.choices, strict=False)), "right": _CHOICES[one.right]}
        for one in questions
    ]
    return (rows + [{}] * empty)[:MOST_QUESTIONS]


class FileForm(forms.Form):
    """A picture or the video, with the words that say the same."""

    file = forms.FileField(
        label=_("Gambar (JPEG, PNG) atau video pendek (MP4, WebM)"),
        help_text=_("Gambar dikecilkan sendiri. Video paling lama 90 detik dan 4 MB; berangkat saat jaringan longgar."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,video/mp4,video/webm"}),
    )
    words = forms.CharField(
        label=_("Apa yang terlihat?"),
        max_length=300,
        help_text=_("Dibaca petugas yang jaringannya lambat, dan oleh pembaca layar."),
    )

    @property
    def is_video(self) -> bool:
        return str(self.cleaned_data["file"].content_type).startswith("video/")

    def clean_file(self) -> object:
        """Refuse what is too large to look at."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_PICTURE_BYTES:
            raise forms.ValidationError(_("Berkas ini lebih besar dari 8 MB. Kecilkan dahulu."))
        return given


class WithdrawForm(forms.Form):
    """Why an instruction ends."""

    why = forms.CharField(
        label=_("Mengapa petunjuk ini dicabut?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Pembacanya melihat alasan ini. Jangan menyebut nama orang."),
    )


class AnswerForm(forms.Form):
    """The answer to a kecamatan."""

    text = forms.CharField(label=_("Jawaban"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class PublicAnswerForm(forms.Form):
    """The same question and answer in words that name nobody."""

    asked = forms.CharField(
        label=_("Pertanyaan, tanpa nama orang dan tempat"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    answer = forms.CharField(
        label=_("Jawaban untuk semua kecamatan"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
