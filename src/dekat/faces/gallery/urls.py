"""The gallery's one address; the project includes it only in a sample regency."""

from django.urls import path

from dekat.faces.gallery import views

urlpatterns = [path("gallery/", views.show, name="gallery")]
