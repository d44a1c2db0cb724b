"""`python -m chatbot`: the chatbot in the terminal."""

import signal
import sys

from chatbot.channels.terminal.packages import exit_without

try:
    from chatbot.channels.terminal.commands import main
except ModuleNotFoundError as error:
    exit_without(error)

if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        # A reader that goes away (`| head`) ends the program quietly.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
