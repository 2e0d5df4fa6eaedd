"""Addresses of the pages that compose domains."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
