"""The demo's web process: the usual application, in a process that ends when its server does."""

from edu4all.web.processes import end_with_parent
from edu4all.wsgi import application

__all__ = ["application"]

# The server forks its own worker, which would keep the port if the server were killed outright.
end_with_parent()
