"""An office's own pages, asked from its own machine: where they are, whom to trust, whether they live."""

import ssl


def base_url(http: tuple[str, int], certificate: str) -> str:
    """The pages' address as a program or person on this machine opens it."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(http[0], http[0])
    return f"{'https' if certificate else 'http'}://{f'[{host}]' if ':' in host else host}:{http[1]}"


def health(base: str, certificate: str, within_s: float) -> tuple[int, bytes]:
    """Status and body of `/healthz`. `certificate` is the PEM file to trust, empty without TLS. No proxy of
    the environment is asked: it knows nothing of this machine. Raises OSError when no whole answer comes."""
    from http.client import HTTPException  # nothing of this is for the server's own start
    from urllib.error import HTTPError
    from urllib.request import HTTPSHandler, ProxyHandler, build_opener

    opener = build_opener(ProxyHandler({}), HTTPSHandler(context=_trust(certificate)))
    try:
        with opener.open(f"{base}/healthz", timeout=within_s) as answer:
            return answer.status, answer.read()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read()
    except HTTPException as cut:
        raise OSError(f"no whole answer: {type(cut).__name__}") from cut


def _trust(certificate: str) -> ssl.SSLContext | None:
    """This certificate and no other, whatever name is in it."""
    if not certificate:
        return None
    context = ssl.create_default_context(cafile=certificate)
    context.check_hostname = False
    return context
