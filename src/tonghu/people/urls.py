"""Addresses of children and families."""

from django.urls import path

from tonghu.people.web import search

urlpatterns = [path("search/", search.search, name="search")]
