"""Where each domain is mounted."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("tonghu.portals.urls")),
    path("", include("tonghu.access.urls")),
    path("", include("tonghu.services.urls")),
    path("", include("tonghu.casework.urls")),
    path("", include("tonghu.jobs.urls")),
    path("", include("tonghu.attachments.urls")),
    path("", include("tonghu.people.urls")),
    path("", include("tonghu.config.health")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("tonghu.portals.demo_urls")))

handler400 = "tonghu.look.web.failures.not_understood"
handler403 = "tonghu.look.web.failures.not_allowed"
handler404 = "tonghu.look.web.failures.nothing_here"
handler500 = "tonghu.look.web.failures.broken"
