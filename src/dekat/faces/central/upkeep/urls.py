from django.urls import path

from dekat.faces.central.upkeep import blanks, caring, handing_over, shelves, stock_take

urlpatterns = [
    path("kantor/alat/serah-terima/", handing_over.index, name="office-handovers"),
    path("kantor/alat/serah-terima/baru/", handing_over.write, name="office-handover-new"),
    path("kantor/alat/serah-terima/<uuid:offer_id>/", handing_over.show, name="office-handover"),
    path("kantor/alat/serah-terima/<uuid:offer_id>/bast.pdf", handing_over.paper, name="office-handover-paper"),
    path("kantor/alat/serah-terima/<uuid:offer_id>/terbitkan/", handing_over.issue, name="office-handover-issue"),
    path("kantor/alat/perawatan/", caring.index, name="office-upkeep"),
    path("kantor/alat/perawatan/foto/<str:name>.jpg", caring.picture, name="office-device-photo"),
    path("kantor/alat/perawatan/<path:serial>/", caring.device, name="office-device-upkeep"),
    path("kantor/alat/opname/", stock_take.index, name="office-stock-takes"),
    path("kantor/alat/opname/label.pdf", stock_take.labels, name="office-labels"),
    path("kantor/alat/opname/<uuid:round_id>/", stock_take.show, name="office-stock-take"),
    path("kantor/alat/opname/gudang/<uuid:take_id>/", stock_take.store, name="office-store-take"),
    path("kantor/alat/persediaan/", shelves.index, name="office-shelves"),
    path("kantor/kartu/blangko/", blanks.index, name="office-blanks"),
]
