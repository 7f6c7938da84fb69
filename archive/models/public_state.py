"""One token for all that is public."""

from django.db import models


class PublicState(models.Model):
    """One row; `token` is another number after each change of what is public. Written by triggers alone, see
    archive.public_state. Without a row nothing has changed yet since the database was made."""

    token = models.BigIntegerField()
