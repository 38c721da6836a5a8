# SPDX-License-Identifier: MIT
"""Makes certificates with the openssl command: a new authority and a new server certificate at each start.

A client that trusts the authority of an earlier start must fail. A stolen private key is therefore useless.
The end-to-end tests make their own authorities with the same functions.
"""
import ipaddress
import pathlib
import subprocess

AUTHORITY_CONFIG = """\
[req]
distinguished_name = name
prompt = no
[name]
CN = placeholder
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
NAMES = "DNS:localhost, IP:127.0.0.1, IP:::1"
_SERVER_CONFIG = """\
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = """
_DAYS = "30"


def openssl(*arguments):
    """Runs the openssl command. Its message becomes the text of the error."""
    done = subprocess.run(("openssl",) + arguments, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"openssl {arguments[0]} failed: {done.stderr.strip()}")


def make_key(path, *algorithm):
    """Makes a private key that only its owner can read: P-256, or another algorithm with options of openssl
    genpkey."""
    pathlib.Path(path).touch(mode=0o600)
    openssl("genpkey", "-algorithm", *(algorithm or ("EC", "-pkeyopt", "ec_paramgen_curve:P-256")), "-out", str(path))


def sign_self(path, key, config, subject, *options, days=_DAYS):
    """Makes a self-signed certificate."""
    openssl("req", "-x509", "-new", "-sha256", "-days", days, "-key", str(key), "-config", str(config),
            "-subj", subject, *options, "-out", str(path))


def request(path, key, config, subject):
    """Makes a certificate signing request."""
    openssl("req", "-new", "-sha256", "-key", str(key), "-config", str(config), "-subj", subject, "-out", str(path))


def names(host):
    """Returns the names in the server's certificate: those of this machine, and the address or name that it
    listens on."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return NAMES if host == "localhost" else f"{NAMES}, DNS:{host}"
    return NAMES if address.compressed in ("127.0.0.1", "::1") else f"{NAMES}, IP:{address}"


def make(directory, host="127.0.0.1"):
    """Writes the files into the directory. Returns the paths of authority, certificate and key."""
    directory = pathlib.Path(directory)
    authority, authority_key = directory / "ca.pem", directory / "ca.key"
    certificate, key = directory / "server.pem", directory / "server.key"
    config, csr = directory / "openssl.cnf", directory / "server.csr"
    for old in (authority, authority_key, certificate, key, config, csr):
        old.unlink(missing_ok=True)
    config.write_text(AUTHORITY_CONFIG.replace("CA:TRUE", "CA:TRUE, pathlen:0") + _SERVER_CONFIG + names(host) + "\n",
                      encoding="ascii")
    make_key(authority_key)
    sign_self(authority, authority_key, config, "/CN=Sandbox authority", "-extensions", "authority")
    make_key(key)
    request(csr, key, config, "/CN=localhost")
    openssl("x509", "-req", "-sha256", "-days", _DAYS, "-in", str(csr), "-CA", str(authority),
            "-CAkey", str(authority_key), "-set_serial", "2", "-extfile", str(config), "-extensions", "server",
            "-out", str(certificate))
    return authority, certificate, key
