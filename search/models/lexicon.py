"""What standing editions call places and which words they use: projections, written by search.lexicon alone."""

from django.db import models

from archive.models import Edition


class NamedPlace(models.Model):
    """A place with its names as some standing edition holds them; the same in thousands of editions, and one row."""

    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of key and names
    names = models.JSONField()  # the names as shown, the place's own first

    def __str__(self):
        return f"{self.key}: {', '.join(self.names)}"


class Naming(models.Model):
    """An edition names a place so. Goes with the edition, so that what is withdrawn widens no search any more."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(NamedPlace, on_delete=models.CASCADE, related_name="namings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "place"], name="one_naming_a_place")]


class EditionWords(models.Model):
    """The words of an edition that are counted in Word; it stays behind a withdrawal until they are taken off."""

    identifier = models.CharField(max_length=80, unique=True)
    version = models.CharField(max_length=100)  # of search.documents.version
    words = models.TextField()  # between spaces


class Word(models.Model):
    """A folded word, and how many standing editions hold it."""

    word = models.CharField(max_length=24, unique=True)
    editions = models.IntegerField()

    def __str__(self):
        return f"{self.word} ({self.editions})"


class WordKey(models.Model):
    """What is left of a word when letters are left out (search.spelling.keys): near words share one."""

    key = models.CharField(max_length=24, db_index=True)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="keys")
