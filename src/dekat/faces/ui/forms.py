"""Django's own form renderer with our field templates."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Fields in GOV.UK markup; the templates lie in `ui/forms/`."""
