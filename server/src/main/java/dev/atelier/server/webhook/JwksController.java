package dev.atelier.server.webhook;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys that receivers check signatures with; readable by everyone. */
@RestController
class JwksController {
    private final WebhookSigner signer;

    JwksController(WebhookSigner signer) {
        this.signer = signer;
    }

    record Jwks(List<WebhookSigner.PublicJwk> keys) {}

    @GetMapping("/api/v1/webhooks/jwks.json")
    Jwks keys() {
        return new Jwks(List.of(signer.publicJwk()));
    }
}
