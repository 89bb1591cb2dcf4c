package dev.atelier.server.fuzz;

import java.util.List;
import java.util.Random;

/** Paths, methods, versions, hosts, encodings and headers that lead nowhere or are no HTTP. */
final class BadHeads {
    private static final String ID = "pred_01J00000000000000000000000";
    private static final String FILE = "000000000000000000000000000000000000000000000000.png";
    private static final List<String> TRICKS = List.of(
            "../../etc/passwd",
            "..%2f..%2fetc%2fpasswd",
            "%2e%2e%2f%2e%2e%2fetc",
            "..%5c..%5cwin.ini",
            "a.png%00.html",
            "%",
            "%zz",
            "%c0%ae%c0%ae/",
            "....//....//",
            "a;b=c",
            "~root",
            "x".repeat(3000),
            "'%20OR%201=1",
            "%0d%0aSet-Cookie:a",
            "<script>",
            "{}",
            "\\..\\",
            "\u732b",
            FILE,
            FILE + "/..",
            ID,
            ID + "%20",
            "null",
            "-1");
    private static final List<String> PLACES = List.of(
            "/outputs/",
            "/uploads/",
            "/api/v1/model/prediction/",
            "/api/v1/models/",
            "/v1/models/",
            "/v1/images/",
            "/api/v3/",
            "/api/v1/model/",
            "/api/v1/");

    /** No names and no addresses. An empty text: the header without a value. */
    static final List<String> NO_HOSTS = List.of(
            "",
            "1.2.3.4.5",
            "127.999.999.999",
            "256.1.1.1",
            "1.2.3",
            "1",
            "127.0.0.1.",
            "1.2.3.4.",
            "0x7f.0.0.1",
            "0x7f.1",
            "01.02.03.04",
            "a.1",
            "999.1:80",
            "[::1",
            "[::g]",
            "[1::2::3]",
            "[::ffff:999.2.3.4]",
            "[fe80::1%25eth0]",
            "a..b",
            "-a",
            ":80",
            "a:x",
            "a:-1",
            "a:65536",
            "a:99999999999",
            "a b",
            "a/b",
            "a@b",
            "%41",
            "host,other",
            "\u0080abc");

    private static final List<String> NO_VERSIONS = List.of(
            "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3.0", "HTTP/9.9", "HTTP/x.y", "XTTP/1.1", "HTTP/1.1 x", "http");

    private final Random random;

    BadHeads(Random random) {
        this.random = random;
    }

    BadRequest next() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> path();
            case 2 -> method();
            case 3 -> host();
            case 4 -> version();
            default -> header();
        };
    }

    private BadRequest path() {
        String path = pick(PLACES) + pick(TRICKS) + (random.nextBoolean() ? "/" + random.nextInt(1000) : "");
        return head("GET " + path + " HTTP/1.1", "", "path " + path);
    }

    private BadRequest method() {
        String method = pick(List.of(
                "PUT", "PATCH", "TRACE", "FOO", "DELETE", "MKCOL", "get", "PROPFIND", "CONNECT", "PRI", "\u00ff"));
        String path = pick(List.of(
                "/api/v1/model/generateImage",
                "/v1/images/generations",
                "/api/v1/model/uploadMedia",
                "/outputs/" + FILE));
        return head(method + " " + path + " HTTP/1.1", "", method + " " + path);
    }

    private BadRequest host() {
        String host = pick(NO_HOSTS);
        String path =
                pick(List.of("/api/v1/models", "/v1/models", "/actuator/health/liveness", "/", "/swagger-ui.html"));
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        return BadRequest.plain(request, List.of(""), path + " at host '" + host + "'");
    }

    private BadRequest version() {
        String version = pick(NO_VERSIONS);
        return head(pick(List.of("GET", "POST", "CONNECT")) + " /api/v1/models " + version, "", "version " + version);
    }

    private BadRequest header() {
        String header = pick(List.of(
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: x",
                "Transfer-Encoding: chunked\r\n\r\nZZZ",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: \u0001",
                "Transfer-Encoding:",
                "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
                "X: " + "y".repeat(40_000),
                "X: a\u0001b\r\nContent-Type: application/json",
                "No colon here",
                "Content-Type: \r\nX-AtlasCloud-Object-Expiration-Hours: 9999",
                "Content-Type: application/json; charset=\"",
                "Content-Encoding: gzip",
                "Host: other",
                "Expect: 200-maybe"));
        String path =
                pick(List.of("/api/v1/model/generateImage", "/v1/images/generations", "/api/v1/model/uploadMedia"));
        return head(
                "POST " + path + " HTTP/1.1",
                header + "\r\n",
                path + " with " + header.lines().findFirst().orElse(""));
    }

    private static BadRequest head(String line, String headers, String about) {
        String request =
                line + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer x\r\n" + headers + "\r\n";
        return BadRequest.plain(request, List.of(""), about.length() < 120 ? about : about.substring(0, 120));
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
