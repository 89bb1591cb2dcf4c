package dev.atelier.server.fuzz;

import java.util.List;
import java.util.Random;

/**
 * Paths, methods and headers that lead nowhere or are no HTTP. CONNECT and unknown transfer encodings are not among them: Tomcat
 * answers them with 501 itself, as RFC 9110 and 9112 want it.
 */
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

    private final Random random;

    BadHeads(Random random) {
        this.random = random;
    }

    BadRequest next() {
        return switch (random.nextInt(4)) {
            case 0, 1 -> path();
            case 2 -> method();
            default -> header();
        };
    }

    private BadRequest path() {
        String path = pick(PLACES) + pick(TRICKS) + (random.nextBoolean() ? "/" + random.nextInt(1000) : "");
        return head("GET " + path + " HTTP/1.1", "", "path " + path);
    }

    private BadRequest method() {
        String method = pick(List.of("PUT", "PATCH", "TRACE", "FOO", "DELETE", "MKCOL", "get", "PROPFIND"));
        String path = pick(List.of(
                "/api/v1/model/generateImage",
                "/v1/images/generations",
                "/api/v1/model/uploadMedia",
                "/outputs/" + FILE));
        return head(method + " " + path + " HTTP/1.1", "", method + " " + path);
    }

    private BadRequest header() {
        String header = pick(List.of(
                "Content-Length: -1",
                "Content-Length: 99999999999999999999",
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: x",
                "Transfer-Encoding: chunked\r\n\r\nZZZ",
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
