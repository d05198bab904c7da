from django.db import models


class VillageKind(models.TextChoices):
    """What a village is by law; the first digit of its number says so."""

    KELURAHAN = "KELURAHAN", "Kelurahan"
    DESA = "DESA", "Desa"
    DESA_ADAT = "DESA_ADAT", "Desa adat"


class Province(models.Model):
    """A province by its Kemendagri code, `35`."""

    code = models.CharField(primary_key=True, max_length=2)
    name = models.CharField(max_length=100)


class Regency(models.Model):
    """A kabupaten or kota, `35.11`; its name begins with which of the two it is."""

    code = models.CharField(primary_key=True, max_length=5)
    province = models.ForeignKey(Province, on_delete=models.PROTECT)
    name = models.CharField(max_length=100)


class District(models.Model):
    """A kecamatan, `35.11.12`, under its national name."""

    code = models.CharField(primary_key=True, max_length=8)
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT)
    name = models.CharField(max_length=100)


class Village(models.Model):
    """A desa, desa adat or kelurahan, `35.11.12.2001`."""

    code = models.CharField(primary_key=True, max_length=13)
    district = models.ForeignKey(District, on_delete=models.PROTECT)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=VillageKind.choices)


class Alias(models.Model):
    """Another name that people use for an area, and from when until when (exclusive).

    `is_shown` puts it before the national name on screens; documents never print it.
    """

    code = models.CharField(max_length=13)
    name = models.CharField(max_length=100)
    is_shown = models.BooleanField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(name="areas_alias_once", fields=["code", "name"])]
