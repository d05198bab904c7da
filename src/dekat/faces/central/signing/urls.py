from django.urls import path

from dekat.faces.central.signing import views

urlpatterns = [
    path("kantor/tanda-tangan/", views.index, name="office-signing"),
    path("kantor/tanda-tangan/semua/", views.sign_all, name="office-sign-all"),
]
