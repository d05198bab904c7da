from django.urls import path

from dekat.faces.sample import views

urlpatterns = [
    path("contoh/", views.start, name="sample-start"),
    path("contoh/sakelar/", views.turn, name="sample-switch"),
    path("contoh/jam/", views.move_clock, name="sample-clock"),
]
