from django.urls import path

from dekat.faces.station.operators import views

urlpatterns = [
    path("alat/petugas/", views.index, name="operators"),
    path("alat/petugas/<uuid:account_id>/tugaskan/", views.assign, name="operator-assign"),
    path("alat/petugas/<uuid:account_id>/akhiri/", views.release, name="operator-release"),
]
