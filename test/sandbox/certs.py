# SPDX-License-Identifier: MIT
"""A certificate authority and a server certificate, made anew at each start.

Nothing is kept between starts: a client that trusted yesterday's authority must fail
today, which is itself worth testing, and no private key is ever worth stealing.
"""
import pathlib
import subprocess

_CONFIG = """\
[req]
distinguished_name = name
prompt = no
[name]
CN = placeholder
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:localhost, IP:127.0.0.1, IP:::1
"""

_DAYS = "30"


def _openssl(*arguments):
    """Run the openssl command; its complaint becomes the error's text."""
    done = subprocess.run(("openssl",) + arguments, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {arguments[0]} failed: {done.stderr.strip()}")


def _new_key(path):
    """A P-256 key, readable by its owner only."""
    path.touch(mode=0o600)
    _openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(path))


def make(directory):
    """Write the files into directory; return (authority, certificate, key) paths."""
    directory = pathlib.Path(directory)
    authority, authority_key = directory / "ca.pem", directory / "ca.key"
    certificate, key = directory / "server.pem", directory / "server.key"
    config, request = directory / "openssl.cnf", directory / "server.csr"
    for old in (authority, authority_key, certificate, key, config, request):
        old.unlink(missing_ok=True)
    config.write_text(_CONFIG, encoding="ascii")
    _new_key(authority_key)
    _openssl("req", "-x509", "-new", "-sha256", "-days", _DAYS, "-key", str(authority_key),
             "-config", str(config), "-extensions", "authority",
             "-subj", "/CN=Sandbox authority", "-out", str(authority))
    _new_key(key)
    _openssl("req", "-new", "-sha256", "-key", str(key), "-config", str(config),
             "-subj", "/CN=localhost", "-out", str(request))
    _openssl("x509", "-req", "-sha256", "-days", _DAYS, "-in", str(request),
             "-CA", str(authority), "-CAkey", str(authority_key), "-set_serial", "2",
             "-extfile", str(config), "-extensions", "server", "-out", str(certificate))
    return authority, certificate, key
