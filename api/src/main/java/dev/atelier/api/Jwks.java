package dev.atelier.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** The public keys that webhooks are signed with (RFC 7517). */
public record Jwks(List<Key> keys) {
    /** An Ed25519 key as RFC 8037 writes it. */
    public record Key(
            String kty,
            String crv,

            @JsonPropertyDescription("The key's 32 bytes, base64url.")
            String x,

            @JsonPropertyDescription("Its RFC 7638 thumbprint.")
            String kid,

            String use,
            String alg) {}
}
