"""The child of `render_pdf`: HTML on standard input, PDF on standard output, a sentence on standard error."""

import ctypes.util
import logging
import sys


def main() -> int:
    """0 with a PDF, 1 with a sentence that holds nothing of the document."""
    if sys.platform == "linux":
        # The renderer tries each library under five names. Here the linker knows the right one, and for each
        # of the others Python would run a compiler, a fifth of the time of a short form.
        ctypes.util.find_library = lambda name: None
    from queue_server.paper.press import AddressRefused, press

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    try:
        pdf = press(sys.stdin.buffer.read().decode())
    except AddressRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    except Exception as failed:  # what it says may quote the document
        print(f"The document could not be rendered: {type(failed).__name__}.", file=sys.stderr)
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
