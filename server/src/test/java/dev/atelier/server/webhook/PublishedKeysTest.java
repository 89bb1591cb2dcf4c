package dev.atelier.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The keys that the service publishes over HTTP are those that its deliveries are signed with. */
class PublishedKeysTest {
    @TempDir
    Path data;

    @Test
    void aDeliveryIsConfirmedByTheKeyThatItNames() throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver();
                ScriptedServer server = ScriptedServer.start(
                        TestDatabase.H2.migrated(),
                        data,
                        "--atelier.outbound.allowed-networks=127.0.0.1",
                        "--db-scheduler.polling-interval=50ms")) {
            String order = """
                    {"model": "seedling-1", "prompt": "a barn", "size": "256x256", "webhook_url": "%s"}""";
            HttpResponse<String> accepted =
                    server.send("POST", "/api/v1/model/generateImage", order.formatted(receiver.url("127.0.0.1")));
            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);

            WebhookReceiver.Call call = receiver.calls.poll(60, TimeUnit.SECONDS);

            assertThat(call).isNotNull();
            assertThat(call.id())
                    .isEqualTo(JsonMapper.shared()
                            .readTree(accepted.body())
                            .at("/data/id")
                            .stringValue());
            JsonNode key = keyNamed(call.keyId(), server);
            assertThat(key.propertyNames())
                    .as("nothing private")
                    .containsExactlyInAnyOrderElementsOf(Set.of("kty", "crv", "x", "kid", "use", "alg"));
            assertThat(List.of(key.get("kty").stringValue(), key.get("crv").stringValue()))
                    .containsExactly("OKP", "Ed25519");
            assertThat(call.isSignedWith(key.get("x").stringValue())).isTrue();
            assertThat(call.at(call.timestamp() + 1).isSignedWith(key.get("x").stringValue()))
                    .isFalse();
        }
    }

    private static JsonNode keyNamed(String kid, ScriptedServer server) throws Exception {
        HttpResponse<String> published = server.send("GET", "/api/v1/webhooks/jwks.json", "");
        assertThat(published.statusCode()).isEqualTo(200);
        assertThat(published.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        JsonNode keys = JsonMapper.shared().readTree(published.body()).get("keys");
        return StreamSupport.stream(keys.spliterator(), false)
                .filter(key -> key.get("kid").stringValue().equals(kid))
                .findFirst()
                .orElseThrow();
    }
}
