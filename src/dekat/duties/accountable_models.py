from django.db import models


class Text(models.Model):
    """What an officer wrote, by its hash: the log holds the hash, this table the words."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    body = models.TextField()
    kept_at = models.DateTimeField()


class KeptFile(models.Model):
    """A picture or a PDF that somebody brought as proof, by its hash."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    content = models.BinaryField()
    media_type = models.CharField(max_length=40)
    kept_at = models.DateTimeField()
