from django.urls import path

from dekat.faces.station.equipment import caring, handing_over, stock_take

urlpatterns = [
    path("alat/barang/", caring.index, name="station-equipment"),
    path("alat/barang/kondisi/<path:serial>/", caring.condition, name="station-condition"),
    path("alat/barang/foto/<str:name>.jpg", caring.picture, name="station-device-photo"),
    path("alat/persediaan/", caring.shelves, name="station-shelves"),
    path("alat/serah-terima/", handing_over.index, name="station-handovers"),
    path("alat/serah-terima/baru/", handing_over.write, name="station-handover-new"),
    path("alat/serah-terima/<uuid:offer_id>/", handing_over.show, name="station-handover"),
    path("alat/serah-terima/<uuid:offer_id>/bast.pdf", handing_over.paper, name="station-handover-paper"),
    path("alat/opname/", stock_take.index, name="station-stock-take"),
    path("alat/opname/<uuid:take_id>/tutup/", stock_take.close, name="station-stock-take-close"),
]
