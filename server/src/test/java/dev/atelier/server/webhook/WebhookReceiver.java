package dev.atelier.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;

/** Takes deliveries on loopback, as a caller's own service does. */
final class WebhookReceiver implements AutoCloseable {
    /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    /** What was delivered, in order. */
    final BlockingDeque<Call> calls = new LinkedBlockingDeque<>();

    /** The status of the answers. */
    volatile int answer = 200;

    private final HttpServer server;

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::receive);
        server.start();
    }

    /** One delivery. */
    record Call(String id, String event, long timestamp, String keyId, String signature, byte[] body) {
        Call at(long otherTimestamp) {
            return new Call(id, event, otherTimestamp, keyId, signature, body);
        }

        /** @param x the public key, base64url, as a JWK has it */
        boolean isSignedWith(String x) throws GeneralSecurityException {
            byte[] key = Base64.getUrlDecoder().decode(x);
            byte[] encoded = ByteBuffer.allocate(X509.length + key.length)
                    .put(X509)
                    .put(key)
                    .array();
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            check.update((timestamp + ".").getBytes(UTF_8));
            check.update(body);
            return check.verify(Base64.getUrlDecoder().decode(signature));
        }
    }

    /** Where it takes deliveries. */
    String url(String host) {
        return "http://" + host + ":" + server.getAddress().getPort() + "/hook";
    }

    private void receive(HttpExchange exchange) throws IOException {
        Call call = new Call(
                header(exchange, "Id"),
                header(exchange, "Event"),
                Long.parseLong(header(exchange, "Timestamp")),
                header(exchange, "Key-Id"),
                header(exchange, "Signature-Ed25519"),
                exchange.getRequestBody().readAllBytes());
        calls.add(call);
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst("X-AtlasCloud-Webhook-" + name);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
