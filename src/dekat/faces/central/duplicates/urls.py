"""Two records that may be one human."""

from django.urls import path

from dekat.faces.central.duplicates import views

urlpatterns = [
    path("kantor/data-ganda/", views.index, name="office-duplicates"),
    path("kantor/data-ganda/cari/", views.look_up, name="office-duplicates-look-up"),
    path("kantor/data-ganda/<uuid:first>/<uuid:second>/", views.compare, name="office-duplicates-compare"),
    path("kantor/data-ganda/usul/<uuid:correction_id>/", views.show, name="office-duplicates-one"),
    path("kantor/data-ganda/usul/<uuid:correction_id>/sahkan/", views.confirm, name="office-duplicates-confirm"),
    path("kantor/data-ganda/usul/<uuid:correction_id>/tarik/", views.withdraw, name="office-duplicates-withdraw"),
]
