from django.urls import path

from dekat.faces.central.lookup import records, views

urlpatterns = [
    path("kantor/cari/", views.find, name="office-find"),
    path("kantor/cari/pembukaan/", views.newest, name="office-openings"),
    path("kantor/cari/orang/<uuid:subject_id>/", records.person, name="office-person"),
    path("kantor/cari/orang/<uuid:subject_id>/pembuka.pdf", records.openings_sheet, name="office-person-openings"),
    path("kantor/cari/keluarga/<uuid:subject_id>/", records.family, name="office-family"),
    path("kantor/cari/dokumen/<uuid:subject_id>/", records.paper, name="office-found-paper"),
    path("kantor/cari/dokumen/<uuid:subject_id>/berkas.pdf", records.paper_file, name="office-found-paper-file"),
]
