"""Every address of a centre."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if settings.ENV.is_sample:
    urlpatterns += [path("", include("dekat.faces.gallery.urls"))]
