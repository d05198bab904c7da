"""Log in, log out, lock: the same at a station and at the centre."""

from django.urls import path

from dekat.faces.account import views

urlpatterns = [
    path("masuk/", views.log_in, name="log-in"),
    path("keluar/", views.log_out, name="log-out"),
    path("kunci/", views.lock, name="lock"),
]
