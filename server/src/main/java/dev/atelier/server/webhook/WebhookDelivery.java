package dev.atelier.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atelier.server.outbound.OutboundClient;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.stereotype.Component;

/** One attempt to deliver. */
@Component
class WebhookDelivery {
    private final OutboundClient outbound;
    private final WebhookSigner signer;
    private final Clock clock;

    WebhookDelivery(OutboundClient outbound, WebhookSigner signer, Clock clock) {
        this.outbound = outbound;
        this.signer = signer;
        this.clock = clock;
    }

    /**
     * Signed anew at each attempt, since receivers refuse an old timestamp; the id stays, so that they can tell a repetition.
     *
     * @throws dev.atelier.server.outbound.OutboundException when the receiver did not answer 2xx
     */
    void send(String id, Delivery delivery) {
        byte[] body = delivery.body().getBytes(UTF_8);
        long timestamp = clock.instant().getEpochSecond();
        outbound.post(
                URI.create(delivery.url()),
                body,
                Map.of(
                        "X-AtlasCloud-Webhook-Id", id,
                        "X-AtlasCloud-Webhook-Event", delivery.event(),
                        "X-AtlasCloud-Webhook-Timestamp", Long.toString(timestamp),
                        "X-AtlasCloud-Webhook-Key-Id", signer.publicJwk().kid(),
                        "X-AtlasCloud-Webhook-Signature-Ed25519", signer.sign(timestamp, body)));
    }
}
