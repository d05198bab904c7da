"""Words for the refusals of areas."""

from dekat.faces.refusals.words import Words

WORDS = {
    "areas.area.unknown": Words(
        "Kode wilayah {area} tidak ada di sini.", "Periksa kodenya, atau muat data wilayah terbaru."
    ),
    "areas.files.invalid": Words(
        "Berkas wilayah {file} tidak sesuai pada baris {line}.",
        "Pakai berkas CSV asli dari idn-area-data dan muat ulang.",
    ),
}
