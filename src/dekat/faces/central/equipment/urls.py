from django.urls import path

from dekat.faces.central.equipment import (
    book_views,
    claim_views,
    contract_views,
    decree_views,
    device_views,
    list_views,
    paper_views,
    search_views,
    tower_views,
)

urlpatterns = [
    path("kantor/alat/", search_views.index, name="office-equipment"),
    path("kantor/alat/kontrak/", contract_views.index, name="office-contracts"),
    path("kantor/alat/kontrak/baru/", contract_views.sign, name="office-contract-sign"),
    path("kantor/alat/kontrak/<path:number>/alat/", contract_views.devices, name="office-contract-devices"),
    path("kantor/alat/kontrak/<path:number>/sp2d/", contract_views.payment, name="office-contract-payment"),
    path("kantor/alat/kontrak/<path:number>/berkas/", paper_views.for_contract, name="office-contract-paper"),
    path("kantor/alat/kontrak/<path:number>/", contract_views.show, name="office-contract"),
    path("kantor/alat/nomor/<path:serial>/bast-penyedia/", device_views.delivery, name="office-device-delivery"),
    path("kantor/alat/nomor/<path:serial>/bast/", device_views.bast, name="office-device-bast"),
    path("kantor/alat/nomor/<path:serial>/kondisi/", device_views.condition, name="office-device-condition"),
    path("kantor/alat/nomor/<path:serial>/menara/", tower_views.assign, name="office-tower"),
    path("kantor/alat/nomor/<path:serial>/berkas/", paper_views.for_device, name="office-device-paper"),
    path("kantor/alat/nomor/<path:serial>/", device_views.show, name="office-device"),
    path("kantor/alat/berkas/<uuid:event_id>/", paper_views.read, name="office-paper"),
    path("kantor/alat/keputusan/", decree_views.decree, name="office-decree"),
    path("kantor/alat/buku/", book_views.show, name="office-book"),
    path("kantor/alat/buku/xlsx/", book_views.workbook, name="office-book-xlsx"),
    path("kantor/alat/buku/pdf/", book_views.paper, name="office-book-pdf"),
    path("kantor/alat/daftar/", list_views.upload, name="office-list"),
    path("kantor/alat/daftar/contoh/", list_views.template, name="office-list-template"),
    path("kantor/alat/daftar/<slug:digest>/", list_views.check, name="office-list-check"),
    path("kantor/alat/menara/", tower_views.index, name="office-towers"),
    path("kantor/alat/pernyataan/", claim_views.index, name="office-claims"),
]
