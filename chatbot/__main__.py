"""`python -m chatbot`: the chatbot in the terminal."""

import signal
import sys

from chatbot.channels.terminal.commands import main

if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        # A reader that goes away (`| head`) ends the program quietly.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
