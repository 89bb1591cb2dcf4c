package dev.atelier.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.api.Jwks;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebhookSignerTest {
    /** The key and its thumbprint of RFC 8037, appendices A.2 and A.3. */
    @Test
    void aPublicKeyIsWrittenAsTheStandardsExample() {
        String x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

        assertThat(WebhookSigner.jwk(Base64.getUrlDecoder().decode(x)))
                .isEqualTo(new Jwks.Key(
                        "OKP", "Ed25519", x, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "sig", "EdDSA"));
    }
}
