# SPDX-License-Identifier: MIT
"""Makes authorities, and server certificates with any fault, with the openssl command."""
import dataclasses
import datetime
import shutil
import sys

import harness

sys.path.append(str(harness.ROOT / "test" / "sandbox"))  # last, because both folders have a harness.py
import certs  # noqa: E402

_ISSUE_CONFIG = """\
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
GOOD_NAMES = certs.NAMES


def require():
    """Skips the file if there is no openssl command."""
    if shutil.which("openssl") is None:
        harness.skip_all("there is no openssl command")


def _moment(days):
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    return when.strftime("%Y%m%d%H%M%SZ")


@dataclasses.dataclass
class Files:
    """The paths of a certificate file, which may contain a chain, and of its key."""

    certificate: str
    key: str


class Authority:
    """An authority whose files are in its own folder."""

    def __init__(self, subject="/CN=Test authority"):
        self._folder = harness.FOLDER / harness.unique("authority")
        self._folder.mkdir()
        (self._folder / "index.txt").touch()
        self._config = self._write("openssl.cnf", certs.AUTHORITY_CONFIG + _ISSUE_CONFIG.format(folder=self._folder))
        self._key = self._new_key()
        self.pem = str(self._folder / "ca.pem")
        certs.sign_self(self.pem, self._key, self._config, subject, "-extensions", "authority", days="3650")

    def _write(self, name, text):
        path = self._folder / name
        path.write_text(text, encoding="ascii")
        return str(path)

    def _new_key(self, *algorithm):
        path = str(self._folder / (harness.unique("key") + ".pem"))
        certs.make_key(path, *algorithm)
        return path

    def issue(self, names=GOOD_NAMES, first=-2, last=300, digest="sha256", key=(), subject="/CN=localhost",
              extensions=_USUAL):
        """Issues a certificate for names, valid from the day `first` to the day `last`, counted from now."""
        key = self._new_key(*key)
        stem = self._folder / harness.unique("server")
        names = f"subjectAltName = {names}\n" if names else ""
        extensions = self._write(stem.name + ".cnf", extensions + names)
        certs.request(f"{stem}.csr", key, self._config, subject)
        certs.openssl("ca", "-batch", "-notext", "-config", self._config, "-cert", self.pem, "-keyfile", self._key,
                      "-md", digest, "-startdate", _moment(first), "-enddate", _moment(last), "-in", f"{stem}.csr",
                      "-extfile", extensions, "-out", f"{stem}.pem")
        return Files(f"{stem}.pem", key)

    def self_signed(self):
        """Makes a self-signed certificate for the right names."""
        key, path = self._new_key(), str(self._folder / (harness.unique("self") + ".pem"))
        certs.sign_self(path, key, self._config, "/CN=localhost", "-addext", f"subjectAltName={GOOD_NAMES}", days="300")
        return Files(path, key)
