"""Addresses of long work."""

from django.urls import path

from tonghu.jobs.web import views

urlpatterns = [
    path("jobs/", views.job_list, name="job-list"),
    path("jobs/<uuid:job_id>/", views.job, name="job"),
    path("jobs/<uuid:job_id>/stop/", views.job_stop, name="job-stop"),
    path("jobs/<uuid:job_id>/again/", views.job_again, name="job-again"),
    path("jobs/<uuid:job_id>/file/", views.job_file, name="job-file"),
]
