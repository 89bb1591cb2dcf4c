package dev.atelier.server.api.atlas;

import dev.atelier.api.Jwks;
import dev.atelier.server.webhook.WebhookSigner;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys that receivers check signatures with; readable by everyone. */
@RestController
@Tag(name = "Usage")
class JwksController {
    private final WebhookSigner signer;

    JwksController(WebhookSigner signer) {
        this.signer = signer;
    }

    @GetMapping("/api/v1/webhooks/jwks.json")
    @Operation(summary = "The public keys that webhooks are signed with")
    Jwks keys() {
        return new Jwks(List.of(signer.publicJwk()));
    }
}
