from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import path

from tonghu.access.web.pages import open_page


@open_page("breaks, with a name in its words")
def child(request, name: str):
    raise IntegrityError(f"Key (name)=({name}) is there twice")


@open_page("names the house it was asked at")
def house(request) -> HttpResponse:
    return HttpResponse(request.get_host())


urlpatterns = [path("children/<str:name>/", child), path("house/", house)]
