"""The cast, one press each; these addresses are mounted in demo mode only."""

from django.urls import path

from tonghu.portals.web import demo

urlpatterns = [
    path("", demo.cast, name="demo"),
    path("sign-in/", demo.sign_in_as, name="demo-sign-in"),
]
