# SPDX-License-Identifier: MIT
"""Authorities and server certificates of any fault, made by the openssl command."""
import dataclasses
import datetime
import shutil
import subprocess

import harness

_CONFIG = """\
[req]
distinguished_name = name
prompt = no
[name]
CN = placeholder
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[ca]
default_ca = issue
[issue]
database = {folder}/index.txt
rand_serial = yes
new_certs_dir = {folder}
unique_subject = no
policy = any
default_md = sha256
[any]
commonName = supplied
"""
_USUAL = "basicConstraints = critical, CA:FALSE\nextendedKeyUsage = serverAuth\nauthorityKeyIdentifier = keyid\n"
GOOD_NAMES = "DNS:localhost, IP:127.0.0.1, IP:::1"


def _openssl(*arguments):
    done = subprocess.run(("openssl",) + arguments, capture_output=True, text=True, check=False,
                          env=harness.environment())
    if done.returncode != 0:
        raise RuntimeError(f"openssl {arguments[0]} failed: {done.stderr.strip()}")


def require():
    """Skip the file when there is no openssl command."""
    if shutil.which("openssl") is None:
        harness.skip_all("there is no openssl command")


def _moment(days):
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return when.strftime("%Y%m%d%H%M%SZ")


@dataclasses.dataclass
class Files:
    """A certificate (with what comes behind it in the chain) and its key."""

    certificate: str
    key: str


class Authority:
    """An authority in a folder of its own."""

    def __init__(self, subject="/CN=Test authority"):
        self._folder = harness.FOLDER / harness.unique("authority")
        self._folder.mkdir()
        (self._folder / "index.txt").touch()
        self._config = self._write("openssl.cnf", _CONFIG.format(folder=self._folder))
        self._key = self._new_key()
        self.pem = str(self._folder / "ca.pem")
        _openssl("req", "-x509", "-new", "-sha256", "-days", "3650", "-key", self._key, "-config", self._config,
                 "-extensions", "authority", "-subj", subject, "-out", self.pem)

    def _write(self, name, text):
        path = self._folder / name
        path.write_text(text, encoding="ascii")
        return str(path)

    def _new_key(self, *kind):
        path = str(self._folder / (harness.unique("key") + ".pem"))
        kind = kind or ("EC", "-pkeyopt", "ec_paramgen_curve:P-256")
        _openssl("genpkey", "-algorithm", *kind, "-out", path)
        return path

    def issue(self, names=GOOD_NAMES, first=-2, last=300, digest="sha256", key=(), subject="/CN=localhost",
              extensions=_USUAL):
        """A certificate for names, valid from the day `first` to the day `last` from now."""
        key = self._new_key(*key)
        stem = self._folder / harness.unique("server")
        names = f"subjectAltName = {names}\n" if names else ""
        extensions = self._write(stem.name + ".cnf", extensions + names)
        _openssl("req", "-new", "-key", key, "-config", self._config, "-subj", subject, "-out", f"{stem}.csr")
        _openssl("ca", "-batch", "-notext", "-config", self._config, "-cert", self.pem, "-keyfile", self._key,
                 "-md", digest, "-startdate", _moment(first), "-enddate", _moment(last), "-in", f"{stem}.csr",
                 "-extfile", extensions, "-out", f"{stem}.pem")
        return Files(f"{stem}.pem", key)

    def self_signed(self):
        """A certificate for the right names that vouches for itself."""
        key, path = self._new_key(), str(self._folder / (harness.unique("self") + ".pem"))
        _openssl("req", "-x509", "-new", "-sha256", "-days", "300", "-key", key, "-config", self._config,
                 "-subj", "/CN=localhost", "-addext", f"subjectAltName={GOOD_NAMES}", "-out", path)
        return Files(path, key)
