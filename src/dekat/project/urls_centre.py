"""Every address of a centre."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dekat.faces.account.urls")),
]
if settings.ENV.is_sample:
    urlpatterns += [path("", include("dekat.faces.gallery.urls"))]
