from django.db import models

from dekat.sync.rules import Carrier, InState, OutState, Wish


class OutboxHead(models.Model):
    """The end of this station's chain of items; locking the row is what makes numbers gap-free."""

    node = models.CharField(primary_key=True, max_length=40)
    incarnation = models.BinaryField(max_length=16)
    last_seq = models.PositiveBigIntegerField(default=0)
    last_hash = models.BinaryField(max_length=32)
    clock_offset_ms = models.BigIntegerField(null=True)
    clock_error_ms = models.BigIntegerField(null=True)


class OutItem(models.Model):
    """Something this station sealed for the centre. A packet's bytes are a file, a message's are here.

    Facts: `attempts` were refused and `next_at` is the earliest instant of the next; `aside_at` is since when it stands
    aside, None while it does not.
    """

    id = models.UUIDField(primary_key=True)
    carrier = models.CharField(max_length=10, choices=Carrier.choices)
    kind = models.CharField(max_length=40)
    incarnation = models.BinaryField(max_length=16)
    seq = models.PositiveBigIntegerField()
    digest = models.BinaryField(max_length=32)
    size_bytes = models.PositiveBigIntegerField()
    operator = models.CharField(max_length=80, blank=True, default="")
    sealed_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=OutState.choices, default=OutState.SEALED)
    sent_bytes = models.PositiveBigIntegerField(default=0)
    received_at = models.DateTimeField(null=True)
    receipt = models.TextField(blank=True, default="")
    code = models.CharField(max_length=80, blank=True, default="")
    envelope = models.BinaryField(null=True)
    attempts = models.PositiveIntegerField(default=0, db_default=0)
    next_at = models.DateTimeField(null=True)
    aside_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["seq", "id"]
        constraints = [
            models.UniqueConstraint(fields=["incarnation", "seq"], name="sync_outitem_one_per_number"),
            models.CheckConstraint(
                name="sync_outitem_messages_carry_their_bytes",
                condition=~models.Q(carrier="MESSAGE") | models.Q(envelope__isnull=False) | models.Q(state="PURGED"),
            ),
        ]
        indexes = [models.Index(fields=["state", "seq"], name="sync_outitem_state")]


class InboxLane(models.Model):
    """What the centre knows of one life (incarnation) of a station."""

    node = models.CharField(max_length=40)
    incarnation = models.BinaryField(max_length=16)
    received_through = models.PositiveBigIntegerField(default=0)
    highest_seq = models.PositiveBigIntegerField(default=0)
    durable_through = models.PositiveBigIntegerField(default=0)
    is_forked = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "incarnation"], name="sync_inboxlane_one_per_life")]


class InItem(models.Model):
    """An item the centre holds. Its primary key is what makes the effect happen once."""

    id = models.UUIDField(primary_key=True)
    inbox_seq = models.PositiveBigIntegerField(unique=True)
    lane = models.ForeignKey(InboxLane, on_delete=models.PROTECT, related_name="items")
    seq = models.PositiveBigIntegerField()
    carrier = models.CharField(max_length=10, choices=Carrier.choices)
    kind = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=32)
    header_hash = models.BinaryField(max_length=32)
    prev_hash = models.BinaryField(max_length=32)
    size_bytes = models.PositiveBigIntegerField()
    operator = models.CharField(max_length=80, blank=True, default="")
    sealed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=InState.choices)
    code = models.CharField(max_length=80, blank=True, default="")
    receipt = models.TextField()
    path = models.CharField(max_length=200, blank=True, default="")
    envelope = models.BinaryField(null=True)

    class Meta:
        ordering = ["inbox_seq"]
        constraints = [models.UniqueConstraint(fields=["lane", "seq"], name="sync_initem_one_per_number")]
        indexes = [models.Index(fields=["state", "inbox_seq"], name="sync_initem_state")]


class Stray(models.Model):
    """Bytes that contradict an item already held: kept as evidence, never applied."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    item_id = models.UUIDField()
    node = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    code = models.CharField(max_length=80)
    received_at = models.DateTimeField()
    path = models.CharField(max_length=200, blank=True, default="")
    envelope = models.BinaryField(null=True)

    class Meta:
        ordering = ["received_at", "digest"]


class Settlement(models.Model):
    """What officers of the centre want done with bytes that stand aside; one for each, by their digest.

    Facts: `is_done` is False while a second officer is waited for.
    """

    digest = models.BinaryField(primary_key=True, max_length=32)
    item_id = models.UUIDField()
    wish = models.CharField(max_length=10, choices=Wish.choices)
    reason = models.CharField(max_length=300)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    is_done = models.BooleanField(default=False)

    class Meta:
        ordering = ["asked_at", "digest"]


class Counter(models.Model):
    """A number that never repeats and never skips; its row is locked by whoever takes the next."""

    name = models.CharField(primary_key=True, max_length=60)
    value = models.PositiveBigIntegerField(default=0)


class FeedEntry(models.Model):
    """One thing the centre tells a scope; an older one with the same kind and key is replaced.

    What is bulky travels after everything else of its scope. An entry may stand for all older ones of another kind
    (`replaces`): `stands_for_bytes` is what a station without any of them fetches in their place.
    """

    scope = models.CharField(max_length=12)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    body = models.BinaryField()
    blobs = models.JSONField(default=list)
    published_at = models.DateTimeField()
    is_bulky = models.BooleanField(default=False, db_default=False)
    replaces = models.CharField(max_length=40, blank=True, default="", db_default="")
    stands_for_bytes = models.PositiveBigIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ["scope", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "seq"], name="sync_feedentry_one_per_number"),
            models.UniqueConstraint(fields=["scope", "kind", "key"], name="sync_feedentry_newest_only"),
        ]
        indexes = [models.Index(fields=["scope", "is_bulky", "seq"], name="sync_feedentry_lane")]


class FeedCursor(models.Model):
    """How far this station has applied a scope of the feed."""

    scope = models.CharField(primary_key=True, max_length=12)
    epoch = models.CharField(max_length=32, blank=True, default="")
    seq = models.PositiveBigIntegerField(default=0)


class FormerFeed(models.Model):
    """A life of the feed that this station left because the centre, on the line, had begun another one."""

    epoch = models.CharField(primary_key=True, max_length=32)


class Unapplied(models.Model):
    """A feed entry that its handler refused; the feed goes on, this waits to be tried again."""

    scope = models.CharField(max_length=12)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    body = models.BinaryField()
    code = models.CharField(max_length=80)

    class Meta:
        ordering = ["scope", "seq"]
        constraints = [models.UniqueConstraint(fields=["scope", "kind", "key"], name="sync_unapplied_newest_only")]


class Blob(models.Model):
    """Immutable bytes under their SHA-256; inside the database, so that a station's lie encrypted."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    content = models.BinaryField()


class BlobWanted(models.Model):
    """Bytes this station has been told of and not fetched yet; with a kind they go to whoever takes that kind."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    wanted_at = models.DateTimeField()
    kind = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        ordering = ["wanted_at", "sha256"]


class Upload(models.Model):
    """A packet on its way in; how far it is, only its part file says."""

    id = models.CharField(primary_key=True, max_length=36)
    node = models.CharField(max_length=40)
    length_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]


class Sighting(models.Model):
    """At the centre: where one life of a station was seen from, first and last; two places at once may be a copy."""

    node = models.CharField(max_length=40)
    incarnation = models.BinaryField(max_length=16)
    address = models.CharField(max_length=45)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-last_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["node", "incarnation", "address"], name="sync_sighting_one_per_place")
        ]


class Standing(models.Model):
    """At a station: what the centre last said of this machine, and until when it may read its extract.

    `seen_at` is the largest time this machine ever knew; it never goes back, whatever the clock does.
    """

    node = models.CharField(primary_key=True, max_length=40)
    orders = models.JSONField(default=list)
    told_at = models.DateTimeField(null=True)
    leased_at = models.DateTimeField(null=True)
    lease_days = models.PositiveSmallIntegerField(default=7)
    seen_at = models.DateTimeField()


class LostItem(models.Model):
    """At the centre: something a receipt was given for that neither side has any more, after a restored backup."""

    id = models.UUIDField(primary_key=True)
    node = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()
    told_at = models.DateTimeField()
    receipt = models.TextField()

    class Meta:
        ordering = ["node", "seq", "id"]


class RecoveryKey(models.Model):
    """The public half of the regency's recovery key; its private half lies on paper in a safe."""

    seal_key = models.BinaryField(max_length=1216)
    made_at = models.DateTimeField()
    drilled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
