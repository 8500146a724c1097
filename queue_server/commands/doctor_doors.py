"""What `motcua doctor` says of closed doors: certificates and who can read the office's secrets."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from queue_server.commands.finding import Finding

if TYPE_CHECKING:
    from queue_server.broker.authority import Pair


def certificates(root: Path) -> Iterator[Finding]:
    """Every certificate of the office file and of `motcua certs`: there, fitting, trusted, not at its end."""
    from queue_server.broker.authority import Folder, Pair
    from queue_server.office_dir import OfficeDir
    from queue_server.office_file.load import load_office

    office_file, folder = OfficeDir(root).office_file, Folder(root / "tls")
    pairs: dict[Path, Pair] = {}
    trusted = folder.authority.certificate
    if office_file.exists():
        listening = load_office(office_file).listening
        if listening.tls_certificate:
            pair = Pair(Path(listening.tls_certificate), Path(listening.tls_key))
            pairs[pair.certificate], trusted = pair, Path(listening.trusted)
    for name in ("web", "broker"):
        if folder.pair(name).certificate.exists():
            pairs.setdefault(folder.pair(name).certificate, folder.pair(name))
    for pair in pairs.values():
        yield _certificate(pair, trusted)
    if pairs and trusted.exists():
        yield _ends(trusted, "authority", "motcua certs make --new-authority, and copy the new ca.pem around")
    if folder.authority.key.exists():
        yield Finding(
            "authority's key",
            None,
            f"{folder.authority.key} lies on this machine",
            "Keep it elsewhere, unless certificates are renewed here by motcua-certs.timer.",
        )


def _certificate(pair: "Pair", trusted: Path) -> Finding:
    from queue_server.broker.authority import fits, signed_by

    what, again = f"certificate {pair.certificate.name}", "motcua certs make"
    for path in (pair.certificate, pair.key, trusted):
        if not path.exists():
            return Finding(what, False, f"{path} is not there", again)
    if pair.key.stat().st_mode & 0o077:
        return Finding(what, False, f"{pair.key} can be read by others", f"chmod 600 {pair.key}")
    try:
        if not fits(pair):
            return Finding(what, False, f"{pair.key} is not its key", again)
        if not signed_by(pair.certificate, trusted):
            return Finding(what, False, f"{trusted} did not sign it", "Name the right tls_ca, or " + again)
    except (OSError, ValueError) as problem:
        return Finding(what, False, f"cannot be read: {problem}", again)
    return _ends(pair.certificate, what, "motcua certs renew, then restart server and broker")


def _ends(certificate: Path, what: str, mend: str) -> Finding:
    from queue_server.broker.authority import show
    from queue_server.clock import SystemClock

    now, shown = SystemClock().now(), show(certificate)
    if shown.until <= now:
        return Finding(what, False, f"ended on {shown.until:%Y-%m-%d}", mend)
    if shown.since > now:
        return Finding(what, False, f"begins only on {shown.since:%Y-%m-%d}", "Set this machine's clock.")
    said = f"{shown.left(now).days} days left, until {shown.until:%Y-%m-%d}"
    return Finding(what, None, said, mend) if shown.due(now) else Finding(what, True, said)


def secrets_kept(root: Path) -> Iterator[Finding]:
    """No file of `secrets/`, no database and no running.json may be read by other users."""
    secret = [root / "secrets", *sorted((root / "secrets").glob("[!.]*")), root / "running.json"]
    secret += [*sorted((root / "broker").glob("*.conf")), *sorted(root.glob("*.db*"))]
    there = [path for path in secret if path.exists() and path.suffix != ".pub"]
    if not there:
        return
    open_ = [path for path in there if path.stat().st_mode & 0o077]
    if open_:
        names = ", ".join(str(path) for path in open_)
        yield Finding("secrets", False, f"others can read {names}", f"chmod -R go= {names.replace(',', '')}")
    else:
        yield Finding("secrets", True, f"{len(there)} files, their owner's only")
