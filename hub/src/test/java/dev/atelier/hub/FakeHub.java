package dev.atelier.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** A hub on the loopback address with Hugging Face's URL layout, whose answers can be made to go wrong. */
final class FakeHub implements AutoCloseable {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** Answers instead of the hub, once. */
    interface Fault {
        void answer(HttpExchange exchange, byte[] content) throws IOException;
    }

    private record Content(byte[] bytes, boolean large, String etag) {}

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Map<String, Content> files = new TreeMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<String, String> listedChecksums = new ConcurrentHashMap<>();
    final List<String> requests = java.util.Collections.synchronizedList(new ArrayList<>());
    final List<String> authorizations = java.util.Collections.synchronizedList(new ArrayList<>());
    volatile String commit = COMMIT;
    volatile int pageSize = 1000;
    volatile URI cdn;

    FakeHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    HubOptions options(String token) {
        return new HubOptions(endpoint(), token, Duration.ofSeconds(20));
    }

    /** A small file, kept in git itself. */
    FakeHub small(String path, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        files.put(path, new Content(bytes, false, "\"" + gitBlob(bytes) + "\""));
        return this;
    }

    /** A large file with the SHA-256 of large-file storage. */
    FakeHub large(String path, byte[] bytes) {
        files.put(path, new Content(bytes, true, "\"" + sha256(bytes).substring(0, 32) + "\""));
        return this;
    }

    FakeHub remove(String path) {
        files.remove(path);
        return this;
    }

    /** The checksum that the listing gives for {@code path}, whatever its bytes are. */
    FakeHub listChecksum(String path, String sha256) {
        listedChecksums.put(path, sha256);
        return this;
    }

    /** The next request whose path ends in {@code suffix} is answered by {@code fault}. */
    FakeHub fail(String suffix, Fault fault) {
        faults.computeIfAbsent(suffix, _ -> new ConcurrentLinkedQueue<>()).add(fault);
        return this;
    }

    static Fault status(int status, String... headers) {
        return (exchange, _) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** Promises the whole content and hangs up after {@code count} bytes. */
    static Fault cutAfter(int count, String etag) {
        return (exchange, content) -> {
            exchange.getResponseHeaders().add("ETag", etag);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, count);
            exchange.getResponseBody().flush();
        };
    }

    static Fault body(byte[] other, String etag) {
        return (exchange, _) -> {
            exchange.getResponseHeaders().add("ETag", etag);
            send(exchange, 200, other);
        };
    }

    long requestsFor(String suffix) {
        return requests.stream().filter(r -> r.split(" ")[1].endsWith(suffix)).count();
    }

    static String sha256(byte[] bytes) {
        return digest("SHA-256", bytes);
    }

    static String gitBlob(byte[] bytes) {
        byte[] header = ("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[header.length + bytes.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        return digest("SHA-1", all);
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(exchange.getRequestMethod() + " " + path + (range == null ? "" : " " + range));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            for (Map.Entry<String, Queue<Fault>> entry : faults.entrySet()) {
                if (path.endsWith(entry.getKey()) && !entry.getValue().isEmpty()) {
                    entry.getValue().remove().answer(exchange, contentAt(path).bytes());
                    return;
                }
            }
            if (path.startsWith("/api/models/") && path.contains("/revision/")) {
                send(exchange, 200, ("{\"sha\":\"" + commit + "\"}").getBytes(StandardCharsets.UTF_8));
            } else if (path.startsWith("/api/models/") && path.contains("/tree/" + commit)) {
                tree(exchange);
            } else if (path.contains("/resolve/" + commit + "/") && cdn != null) {
                exchange.getResponseHeaders().add("Location", cdn + path + "?signature=x");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.contains("/resolve/" + commit + "/") && files.containsKey(nameIn(path))) {
                serve(exchange, contentAt(path), range);
            } else {
                exchange.getResponseHeaders().add("X-Error-Code", "RepoNotFound");
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void tree(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        int cursor = query.contains("cursor=") ? Integer.parseInt(query.replaceAll(".*cursor=(\\d+).*", "$1")) : 0;
        List<Map<String, Object>> rows = new ArrayList<>();
        files.forEach((path, content) -> rows.add(row(path, content)));
        int end = Math.min(rows.size(), cursor + pageSize);
        if (end < rows.size()) {
            String next = endpoint() + exchange.getRequestURI().getPath() + "?recursive=true&cursor=" + end;
            exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"");
        }
        send(exchange, 200, JsonMapper.shared().writeValueAsBytes(rows.subList(cursor, end)));
    }

    private Map<String, Object> row(String path, Content content) {
        String blob = gitBlob(content.bytes());
        int size = content.bytes().length;
        if (!content.large()) {
            return Map.of("type", "file", "path", path, "size", size, "oid", blob);
        }
        String sha256 = listedChecksums.getOrDefault(path, sha256(content.bytes()));
        Map<String, Object> large = Map.of("oid", sha256, "size", size, "pointerSize", 135);
        return Map.of("type", "file", "path", path, "size", size, "oid", blob, "lfs", large);
    }

    private Content contentAt(String path) {
        return files.getOrDefault(nameIn(path), new Content(new byte[0], false, "\"\""));
    }

    private String nameIn(String path) {
        return path.replaceFirst("^.*/resolve/[^/]+/", "");
    }

    private static void serve(HttpExchange exchange, Content content, String range) throws IOException {
        exchange.getResponseHeaders().add("ETag", content.etag());
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        if (range == null || condition != null && !condition.equals(content.etag())) {
            send(exchange, 200, content.bytes());
            return;
        }
        int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        byte[] rest = java.util.Arrays.copyOfRange(content.bytes(), from, content.bytes().length);
        exchange.getResponseHeaders()
                .add(
                        "Content-Range",
                        "bytes " + from + "-" + (content.bytes().length - 1) + "/" + content.bytes().length);
        send(exchange, 206, rest);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
