"""News of the archive that rooms above listen to."""

from django.dispatch import Signal

# A revision of a subject was saved. Sent inside the saving transaction: instance, user.
subject_edited = Signal()
# An edition came, changed or went. Sent after commit: identifier.
edition_changed = Signal()
