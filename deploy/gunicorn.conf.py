"""Several processes that share one index and one database:

    gunicorn --config deploy/gunicorn.conf.py

Run it in the project's folder; the settings are those of `server.py`.
"""

import os
import sys

from gunicorn.workers.base import Worker

from chatbot.channels.metrics import forget_process
from chatbot.channels.serving import address
from chatbot.errors import SettingsError
from chatbot.settings import Settings

try:
    _settings = Settings.from_environment(os.environ)
except SettingsError as error:
    sys.exit(f"Error: {error}")

wsgi_app = "server:create_application()"
bind = address(_settings.host, _settings.port)
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "chatbot.channels.gunicorn_worker.WebServerWorker"
timeout = 60
graceful_timeout = 5
loglevel = "warning"
control_socket_disable = True


def child_exit(server: object, worker: Worker) -> None:
    """A process that has ended counts for nothing that goes on."""
    forget_process(worker.pid)
