from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


urlpatterns = [
    path("", page, name="today"),
    path("people/", page, name="people"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("tonghu.look.urls")),
]
