"""Django's own form renderer with our field templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Fields in GOV.UK markup with error summary; the templates lie in `ui/forms/`."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
