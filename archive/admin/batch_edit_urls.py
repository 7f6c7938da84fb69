"""Address of the batch edit, below /admin/batch/."""

from django.urls import path

from . import batch_edit

app_name = "archive_batch"
urlpatterns = [path("", batch_edit.index, name="index")]
