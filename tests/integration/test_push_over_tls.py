"""Pushing to another machine: the certificate is verified, and the token is read for each request."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from recordings.errors import SettingsWrong
from tests.integration.pushers import Reluctant, a_reluctant_service, lay
from workers.client import CertificateRefused, Client, check_url


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine that signs itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "vaiti.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "service.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
def service(certificate: Path) -> Iterator[str]:
    with a_reluctant_service(certificate) as url:
        yield url


def test_a_service_whose_certificate_nobody_vouches_for_hears_nothing(service: str, tmp_path: Path) -> None:
    with Client(url=service, token="t") as client, pytest.raises(CertificateRefused):
        client.push(lay(tmp_path), {})
    assert Reluctant.tokens == []


def test_an_authority_of_the_companys_own_is_enough(service: str, certificate: Path, tmp_path: Path) -> None:
    tokens = iter(["old", "new"])
    with Client(url=service, token=lambda: next(tokens), ca_file=certificate) as client:
        client.push(lay(tmp_path), {})
        client.push(lay(tmp_path), {})
    assert Reluctant.tokens == ["Bearer old", "Bearer new"]


@pytest.mark.parametrize(
    "url",
    ["http://vaiti.example", "https://user:secret@vaiti.example", "vaiti.example:8443", "https://", "ftp://x", ""],
)
def test_an_address_that_would_give_something_away_is_refused(url: str) -> None:
    with pytest.raises(SettingsWrong) as refused:
        check_url(url)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_authority_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("none", encoding="ascii")
    with pytest.raises(SettingsWrong, match="ca-file"):
        Client(url="https://vaiti.example", token="t", ca_file=tmp_path / "ca.pem")
