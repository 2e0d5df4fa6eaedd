"""Addresses of the look itself."""

from django.urls import path

from tonghu.look.web import views

urlpatterns = [path("styleguide/", views.styleguide, name="styleguide")]
