"""An office's own certificate authority: makes it, and certificates for its pages and its broker."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes, PrivateKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from queue_server.broker.files import write_secret

AUTHORITY_FOR = timedelta(days=3650)
SERVER_FOR = timedelta(days=397)
"""What browsers take at most."""
RENEW_BEFORE = timedelta(days=30)
_BACKDATED = timedelta(hours=1)
"""A machine whose clock is a little behind takes a new certificate at once."""


class NoAuthority(Exception):
    """The folder holds no usable authority; the message is the sentence for the operator."""


class BadName(ValueError):
    """Neither an address nor a host name; the message says which."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its private key, PEM files; the key is readable by its owner only."""

    certificate: Path
    key: Path

    def there(self) -> bool:
        return self.certificate.exists() and self.key.exists()


@dataclass(frozen=True, slots=True)
class Folder:
    """`root` holds the authority (`ca.pem`, `ca.key`) and the pairs it made (`NAME.pem`, `NAME.key`)."""

    root: Path

    @property
    def authority(self) -> Pair:
        return self.pair("ca")

    def pair(self, name: str) -> Pair:
        return Pair(self.root / f"{name}.pem", self.root / f"{name}.key")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a certificate says: names and addresses, its span, the SHA-256 of it in hex."""

    names: tuple[str, ...]
    since: datetime
    until: datetime
    fingerprint: str

    def left(self, now: datetime) -> timedelta:
        return self.until - now

    def due(self, now: datetime) -> bool:
        """Whether it ends within `RENEW_BEFORE`, or has ended."""
        return self.left(now) < RENEW_BEFORE


def make_authority(folder: Folder, office: str, now: datetime) -> Pair:
    """A new authority in `folder`, in the place of one that was there: everything it signed must be made
    again, and every machine be given the new `ca.pem`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "motcua"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"motcua CA {office}"[:64]),
        ]
    )
    made = (
        _begun(name, name, key.public_key(), now, AUTHORITY_FOR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(folder.authority, key, made)
    return folder.authority


def make_server(
    folder: Folder, name: str, names: Sequence[str], now: datetime, to: Folder | None = None
) -> Pair:
    """A new key and certificate `name` for a server reached under `names` (host names and addresses), signed
    by the folder's authority; written into `to`, by default the folder itself.

    Raises NoAuthority, BadName.
    """
    reached = [_general_name(one) for one in names]
    ca_key, ca = _authority(folder, now)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    until = min(SERVER_FOR, ca.not_valid_after_utc - now)
    made = (
        _begun(subject, ca.subject, key.public_key(), now, until)
        .add_extension(x509.SubjectAlternativeName(reached), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        )
        .sign(ca_key, hashes.SHA256())
    )
    pair = (to or folder).pair(name)
    _write(pair, key, made)
    return pair


def show(certificate: Path) -> Shown:
    """What the first certificate of a PEM file says. Raises OSError, ValueError."""
    read = x509.load_pem_x509_certificate(certificate.read_bytes())
    names: tuple[str, ...] = ()
    try:
        found = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = tuple(str(one.value) for one in found)
    except x509.ExtensionNotFound:
        pass
    digest = read.fingerprint(hashes.SHA256()).hex()
    return Shown(names, read.not_valid_before_utc, read.not_valid_after_utc, digest)


def fits(pair: Pair) -> bool:
    """Whether the key is the certificate's. Raises OSError, ValueError."""
    certificate = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
    key = serialization.load_pem_private_key(pair.key.read_bytes(), None)
    return _public(key) == _public(certificate)


def signed_by(certificate: Path, authority: Path) -> bool:
    """Whether the authority (or the certificate itself) signed it. Raises OSError, ValueError."""
    one = x509.load_pem_x509_certificate(certificate.read_bytes())
    ca = x509.load_pem_x509_certificate(authority.read_bytes())
    try:
        one.verify_directly_issued_by(ca)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def _authority(folder: Folder, now: datetime) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    pair = folder.authority
    try:
        ca = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
        key = serialization.load_pem_private_key(pair.key.read_bytes(), None)
    except (OSError, ValueError) as problem:
        raise NoAuthority(
            f"{folder.root} holds no authority (ca.pem with ca.key): bring ca.key back from where you "
            "keep it, or make a new one with motcua certs make --new-authority."
        ) from problem
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not fits(pair):
        raise NoAuthority(f"{pair.key} is not the key of {pair.certificate}: bring the right one back.")
    if ca.not_valid_after_utc <= now:
        raise NoAuthority("The authority has ended: make a new one with motcua certs make --new-authority.")
    return key, ca


def _begun(
    subject: x509.Name, issuer: x509.Name, public: CertificatePublicKeyTypes, now: datetime, span: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + span)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    plain = name.removeprefix("*.").replace(".", "").replace("-", "")
    if not (plain.isascii() and plain.isalnum()) or len(name) > 253:
        raise BadName(f"{name!r} is neither an address nor a host name: write for example server.lan.")
    return x509.DNSName(name)


def _public(of: x509.Certificate | PrivateKeyTypes) -> bytes:
    der, info = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return of.public_key().public_bytes(der, info)


def _write(pair: Pair, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    pair.key.parent.mkdir(parents=True, exist_ok=True)
    plain = serialization.NoEncryption()
    text = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    write_secret(pair.key, text.decode())
    write_secret(pair.certificate, certificate.public_bytes(serialization.Encoding.PEM).decode())
    pair.certificate.chmod(0o644)
