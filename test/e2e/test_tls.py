# SPDX-License-Identifier: MIT
"""Checks that no byte of a request is sent to a server whose certificate has a fault."""
import socket
import ssl

import answers
import certificates
import harness
import servers
from harness import KEY, write_file

certificates.require()
OURS = certificates.Authority()
GET = ("connection", "get", "connection-123")


def get(port, ca, host="localhost", *options):
    """Runs connection get with a server on loopback."""
    return harness.run("--json", *options, *GET, changes={
        "AMP_URL": f"https://{host}:{port}/v1", "AMP_PROJECT": "p", "AMP_API_KEY": KEY, "AMP_CA_FILE": ca})


def has_ipv6():
    """Returns 1 when this machine has an IPv6 loopback address."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        return True
    except OSError:
        return False


class TlsTest(harness.TestCase):
    """Tests with a server that has a certificate."""

    def ask(self, files, host="localhost", ca=None, **options):
        """Runs a request against a server with these files. Returns the server and the result."""
        address = "::1" if host == "[::1]" else "127.0.0.1"
        made = servers.context(files, **options)
        with servers.TlsServer(made, servers.sends(answers.plain()), address) as server:
            result = get(server.port, ca or OURS.pem, host, "--deadline", "10")
        return server, result

    def check_refused(self, files, code, host="localhost", **options):
        """Exit 4 during the TLS handshake, and no byte of a request is sent."""
        server, result = self.ask(files, host, **options)
        self.assertEqual(server.received, b"")
        self.assertEqual(server.connections, 1)
        return self.check_failed(result, 4, code, "tls")

    def check_trusted(self, files, host="localhost", **options):
        """The request is sent and answered."""
        server, result = self.ask(files, host, **options)
        self.assertEqual(self.check_done(result)[0]["id"], "connection-123")
        self.assertIn(KEY.encode(), server.received)


class Certificates(TlsTest):
    """Tests of valid and invalid certificates."""

    def test_right(self):
        self.check_trusted(OURS.issue())
        self.check_trusted(OURS.issue(subject="/CN=other.invalid"))
        self.check_trusted(OURS.issue("DNS:other.invalid, DNS:LOCALHOST"))

    def test_right_of_rsa(self):
        self.check_trusted(OURS.issue(key=("RSA", "-pkeyopt", "rsa_keygen_bits:2048")))

    def test_unknown_issuer(self):
        stranger = certificates.Authority("/CN=Stranger")
        self.check_refused(stranger.issue(), "AMP_ERR_CERT_UNTRUSTED")

    def test_issuer_of_the_same_name(self):
        double = certificates.Authority()
        self.check_refused(double.issue(), "AMP_ERR_CERT_UNTRUSTED")

    def test_self_signed(self):
        self.check_refused(OURS.self_signed(), "AMP_ERR_CERT_UNTRUSTED")

    def test_self_signed_that_is_trusted(self):
        files = OURS.self_signed()
        self.check_trusted(files, ca=files.certificate)

    def test_a_server_is_no_authority(self):
        """A server's certificate must not sign another one."""
        server = OURS.issue()
        fake = certificates.Authority("/CN=localhost")
        forged = fake.issue("DNS:localhost")
        with open(server.certificate, encoding="ascii") as middle, open(forged.certificate, encoding="ascii") as end:
            chain = write_file(end.read() + middle.read())
        self.check_refused(certificates.Files(chain, forged.key), "AMP_ERR_CERT_UNTRUSTED")

    def test_wrong_name(self):
        for names in ("DNS:example.invalid", "DNS:localhost.example.invalid", "DNS:xlocalhost", "DNS:localhos",
                      "DNS:*.localhost", "DNS:*", "email:localhost", "URI:https://localhost/"):
            with self.subTest(names):
                self.check_refused(OURS.issue(names, subject="/CN=example.invalid"), "AMP_ERR_CERT_NAME")

    def test_expired(self):
        self.check_refused(OURS.issue(first=-400, last=-30), "AMP_ERR_CERT_EXPIRED")

    def test_not_yet_valid(self):
        self.check_refused(OURS.issue(first=30, last=400), "AMP_ERR_CERT_FUTURE")

    def test_for_clients_only(self):
        usage = "basicConstraints = critical, CA:FALSE\nextendedKeyUsage = clientAuth\n"
        self.check_refused(OURS.issue(extensions=usage), None)

    def test_unknown_critical_extension(self):
        usage = "basicConstraints = critical, CA:FALSE\n1.3.6.1.4.1.99999.7 = critical, DER:0500\n"
        server, result = self.ask(OURS.issue(extensions=usage))
        self.check_failed(result, 4, "AMP_ERR_CERT", "tls")
        self.assertEqual(server.received, b"")
        self.assertIn("unknown critical extension 1.3.6.1.4.1.99999.7: the certificate of localhost, issued by "
                      "Test authority", result.told)

    def test_no_names(self):
        """For a certificate without any names, the report does not show empty quotes."""
        authority = certificates.Authority("/C=XX")
        server, result = self.ask(authority.issue(subject="/CN=localhost"))
        self.check_failed(result, 4, "AMP_ERR_CERT_UNTRUSTED", "tls")
        self.assertEqual(server.received, b"")
        self.assertIn("the certificate of localhost (", result.told)
        self.assertNotIn("issued by", result.told)

    def test_weak(self):
        self.check_refused(OURS.issue(key=("RSA", "-pkeyopt", "rsa_keygen_bits:1024")), None, weak=True)
        self.check_refused(OURS.issue(digest="sha1"), None, weak=True)

    def test_everything_wrong(self):
        stranger = certificates.Authority("/CN=Stranger")
        self.check_refused(stranger.issue("DNS:example.invalid", first=-400, last=-30), None)


class Hosts(TlsTest):
    """Tests of names and addresses."""

    def test_sandbox_by_name_and_address(self):
        box = harness.Sandbox()
        hosts = ["localhost", "127.0.0.1", "LocalHost"] + ["[::1]"] * has_ipv6()
        for host in hosts:
            result = box.run("connection", "list", AMP_URL=box.url(host=host))
            self.assertEqual(len(self.check_done(result)), 3, host)

    def test_address_in_the_certificate(self):
        self.check_trusted(OURS.issue("IP:127.0.0.1"), "127.0.0.1")
        if has_ipv6():
            self.check_trusted(OURS.issue("IP:::1"), "[::1]")

    def test_address_not_in_the_certificate(self):
        for names in ("DNS:localhost", "IP:127.0.0.2", "IP:::1", "IP:::ffff:127.0.0.1"):
            with self.subTest(names):
                self.check_refused(OURS.issue(names), "AMP_ERR_CERT_NAME", "127.0.0.1")
        if has_ipv6():
            for names in ("DNS:localhost", "IP:127.0.0.1", "IP:::2"):
                self.check_refused(OURS.issue(names), "AMP_ERR_CERT_NAME", "[::1]")

    def test_a_name_that_looks_like_the_address(self):
        """RFC 9110, 4.3.5: an address is compared with addresses, not with names."""
        for names, subject in (("DNS:127.0.0.1", "/CN=x"), (None, "/CN=127.0.0.1"), ("DNS:*.0.0.1", "/CN=x")):
            with self.subTest(names=names, subject=subject):
                self.check_refused(OURS.issue(names, subject=subject), "AMP_ERR_CERT_NAME", "127.0.0.1")

    def test_no_such_host(self):
        # A label of more than 63 letters is refused before a query is sent to a name server.
        result = get(443, OURS.pem, "a" * 64 + ".invalid")
        self.check_failed(result, 4, "AMP_ERR_DNS", "dns")

    def test_no_listener(self):
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        self.check_failed(get(port, OURS.pem, "127.0.0.1"), 4, "AMP_ERR_CONNECT", "connect")


class Peers(TlsTest):
    """Tests with servers that do not speak TLS, or only weak versions of it."""

    def check_peer(self, talk, code=None, *options):
        """Exit 4 during the TLS handshake."""
        with servers.Server(talk) as server:
            result = get(server.port, OURS.pem, "127.0.0.1", *options)
        self.assertEqual(server.connections, 1)
        return self.check_failed(result, 4, code, "tls")

    def test_plain_http(self):
        seen = []

        def talk(sock):
            seen.append(sock.recv(65536))
            sock.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        self.check_peer(talk)
        self.assertEqual(seen[0][:2], b"\x16\x03")
        self.assertNotIn(KEY.encode(), b"".join(seen))

    def test_greets_first(self):
        self.check_peer(lambda sock: sock.sendall(b"220 mail.invalid ESMTP\r\n" * 100) or sock.recv(65536))

    def test_closes_at_once(self):
        self.check_peer(lambda sock: None)
        self.check_peer(lambda sock: sock.recv(65536))
        self.check_peer(lambda sock: sock.recv(65536) and sock.sendall(b"\x16\x03\x03\x00\x40\x02"))

    def test_words_of_alerts(self):
        for number, words in ((0x28, "no cipher, group or signature in common"), (0x47, "requires stronger ciphers"),
                              (0x70, "does not know the name"), (0x74, "requires a client certificate"),
                              (0x78, "does not speak http/1.1"), (0x31, "alert from the server")):
            def talk(sock, alert=number):
                sock.recv(65536)
                sock.sendall(b"\x15\x03\x03\x00\x02\x02" + bytes([alert]))
            with self.subTest(words):
                with servers.Server(talk) as server:
                    result = get(server.port, OURS.pem, "127.0.0.1")
                self.check_failed(result, 4, "AMP_ERR_TLS", "tls")
                self.assertIn(words, result.told)
                self.assertIn(f": alert {number}; check --url", result.told)

    def test_alerts(self):
        for alert in (b"\x02\x28", b"\x02\x46", b"\x01\x00"):
            self.check_peer(lambda sock, a=alert: sock.recv(65536) and sock.sendall(b"\x15\x03\x03\x00\x02" + a))

    def test_is_silent(self):
        def talk(sock):
            while sock.recv(65536):
                pass
        self.check_peer(talk, "AMP_ERR_DEADLINE", "--deadline", "0.4")

    def test_old_tls(self):
        """Runs against servers with only an old version. The local OpenSSL must support that version."""
        files = OURS.issue()
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
            with self.subTest(version.name):
                if not self.speaks(files, version):
                    self.skipTest(f"this OpenSSL does not support {version.name}")
                self.check_refused(files, None, weak=True, newest=version)

    def test_tls_1_2(self):
        self.check_trusted(OURS.issue(), newest=ssl.TLSVersion.TLSv1_2)

    @staticmethod
    def speaks(files, version):
        """Returns 1 when Python completes a handshake with itself in that version."""
        client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
        client.set_ciphers("ALL:@SECLEVEL=0")
        client.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        with servers.TlsServer(servers.context(files, version, weak=True)) as server:
            try:
                with socket.create_connection(("127.0.0.1", server.port), 10) as plain, \
                        client.wrap_socket(plain) as secure:
                    return secure.version() is not None
            except OSError:
                return False


class Anchors(TlsTest):
    """Tests of --ca and AMP_CA_FILE."""

    def test_bad_files(self):
        files = OURS.issue()
        with open(OURS.pem, encoding="ascii") as file:
            pem = file.read()
        for data in (b"", b"\n", b"garbage", b"\x00" * 5000, pem.replace("CERTIFICATE", "PUBLIC KEY"),
                     pem[:200] + "\n-----END CERTIFICATE-----\n", pem.replace("M", "!"), pem[:-60]):
            with servers.TlsServer(servers.context(files)) as server:
                result = get(server.port, write_file(data))
            self.check_failed(result, 2, "AMP_ERR_TRUST", "start")
            self.assertEqual(server.connections, 0)
            self.assertIn("--ca", str(result.error) + result.told)

    def test_missing_files(self):
        for path in (str(harness.FOLDER / "not-there.pem"), str(harness.FOLDER)):
            result = get(1, path)
            self.check_failed(result, 2)
            self.assertIn(path, result.told)

    def test_several_anchors(self):
        other = certificates.Authority("/CN=Other")
        with open(OURS.pem, encoding="ascii") as one, open(other.pem, encoding="ascii") as two:
            both = write_file("# a comment\n" + one.read() + "\n" + two.read())
        self.check_trusted(OURS.issue(), ca=both)
        self.check_trusted(other.issue(), ca=both)

    def test_damaged_bundles(self):
        """A truncated certificate would swallow the next one. The message names the certificate and its line."""
        other = certificates.Authority("/CN=Other")
        with open(OURS.pem, encoding="ascii") as one, open(other.pem, encoding="ascii") as two:
            ours, first = one.read(), two.read()
        lines, begin, end = first.count("\n"), *(f"-----{word} CERTIFICATE-----\n" for word in ("BEGIN", "END"))
        for cut, rule, line in ((first.replace(end, ""), "no END line", 1), (first[:len(first) // 2], "no END line", 1),
                                (first.replace(begin, ""), "no BEGIN line", lines - 1),
                                (first.replace(begin, begin + "<p>"), "not base64", 1),
                                (first[:100] + first[165:], "wrong length", 1),
                                (first.replace(begin, begin[:-1] + "\t\n"), "damaged BEGIN line", 1)):
            for data in (first + cut + ours, (first + cut + ours).replace("\n", "\r\n"), "\ufeff" + first + cut):
                with servers.TlsServer(servers.context(OURS.issue())) as server:
                    path = write_file(data)
                    result = get(server.port, path)
                self.check_failed(result, 2, "AMP_ERR_TRUST", "start")
                self.assertEqual(server.connections, 0)
                self.assertIn(f"{path}: certificate 2, which begins on line {lines + line}, is damaged ({rule})",
                              result.told)

    def test_bundles_of_other_forms(self):
        files = OURS.issue()
        with open(OURS.pem, encoding="ascii") as file:
            pem = file.read()
        der = ssl.PEM_cert_to_DER_cert(pem)
        key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
        trusted = "-----BEGIN TRUSTED CERTIFICATE-----\nAAAA\n-----END TRUSTED CERTIFICATE-----\n"
        unknown = "-----BEGIN CERTIFICATE-----\nMIGAAA==\n-----END CERTIFICATE-----\n"
        for data in (der, pem.replace("\n", "\r\n"), "\ufeff" + pem, pem.rstrip("\n"), key + pem, trusted + pem,
                     "subject=x\n" + unknown + "issuer=y\n" + pem, pem.rstrip("\n") + pem):
            self.check_trusted(files, ca=write_file(data))
        result = get(1, write_file(pem.encode("utf-16")))
        self.check_failed(result, 2, "AMP_ERR_TRUST", "start")
        self.assertIn("UTF-16", result.told)

    def test_option_before_the_environment(self):
        with servers.TlsServer(servers.context(OURS.issue()), servers.sends(answers.plain())) as server:
            result = get(server.port, write_file(b"garbage"), "localhost", "--ca", OURS.pem)
        self.check_done(result)

    def test_system_bundle_is_the_default(self):
        files = OURS.issue()
        with servers.TlsServer(servers.context(files)) as server:
            result = get(server.port, None)
        self.assertEqual(server.received, b"")
        self.assertIn(result.status, (2, 4))  # 2 where no bundle is installed
        self.check_failed(result, result.status, "AMP_ERR_CERT_UNTRUSTED" if result.status == 4 else "AMP_ERR_TRUST")


if __name__ == "__main__":
    harness.main()
