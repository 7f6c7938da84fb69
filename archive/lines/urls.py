"""Addresses of lines of text, below /admin/text-lines/."""

from django.urls import path

from . import answers, views

app_name = "archive_lines"
urlpatterns = [
    path("record/<int:pk>/", views.of_record, name="record"),
    path("record/<int:pk>/read/", views.read_record, name="read_record"),
    path("record/<int:pk>/job/", answers.record_job, name="record_job"),
    path("record/<int:pk>/job/<str:verb>/", views.steer_record, name="steer_record"),
    path("<int:scan>/<int:page>/", views.editor, name="editor"),
    path("<int:scan>/<int:page>/read/", views.read, name="read"),
    path("<int:scan>/<int:page>/transcribe/<int:record>/", views.transcribe, name="transcribe"),
    path("<int:scan>/<int:page>/job/", answers.job, name="job"),
    path("<int:scan>/<int:page>/job/<str:verb>/", views.steer, name="steer"),
    path("<int:scan>/<int:page>/lines/", answers.add, name="add"),
    path("<int:scan>/<int:page>/lines/<int:pk>/", answers.change, name="change"),
]
