"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from tonghu.kernel.environment import read_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tonghu.config.settings")
application = get_wsgi_application()
if proxy := read_environment().trusted_proxy:
    # Who asks and whether by https is what the proxy says, and nobody else.
    application = wrap_wsgi_with_proxy_headers(application, trusted_hosts=proxy)
