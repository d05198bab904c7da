from django.urls import path

from dekat.faces.central.instructions import questions, views, writing

urlpatterns = [
    path("kantor/petunjuk/", views.index, name="office-instructions"),
    path("kantor/petunjuk/baru", writing.write, name="office-instruction-new"),
    path("kantor/petunjuk/tanya/<uuid:question_id>/", questions.show, name="office-question"),
    path("kantor/petunjuk/tanya/<uuid:question_id>/umum", questions.publish, name="office-question-publish"),
    path("kantor/petunjuk/jawab/<uuid:question_id>", questions.answer, name="office-answer"),
    path("kantor/petunjuk/<str:instruction_id>/", views.show, name="office-instruction"),
    path("kantor/petunjuk/<str:instruction_id>/ubah", writing.write, name="office-instruction-edit"),
    path("kantor/petunjuk/<str:instruction_id>/pratinjau", views.preview, name="office-instruction-preview"),
    path("kantor/petunjuk/<str:instruction_id>/berkas", writing.attach, name="office-instruction-file"),
    path(
        "kantor/petunjuk/<str:instruction_id>/berkas/<str:name>/hapus", writing.detach, name="office-instruction-drop"
    ),
    path("kantor/petunjuk/<str:instruction_id>/terbit", views.publish, name="office-instruction-publish"),
    path("kantor/petunjuk/<str:instruction_id>/cabut", views.withdraw, name="office-instruction-withdraw"),
    path("kantor/petunjuk/<str:instruction_id>/banding", views.compare, name="office-instruction-compare"),
    path("kantor/petunjuk/<str:instruction_id>/versi/<int:version>/", views.version, name="office-instruction-version"),
]
