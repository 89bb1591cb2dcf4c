package dev.atelier.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import dev.atelier.api.Jwks;
import dev.atelier.server.secret.Secrets;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Signs deliveries with Ed25519 (RFC 8032). The key is made on the first start and shared by all nodes. */
@Component
public class WebhookSigner {
    private static final String ALGORITHM = "Ed25519";
    /** An X.509 Ed25519 public key is 12 bytes of header and the 32 bytes of the key (RFC 8410). */
    private static final int X509_LENGTH = 44;

    private static final int KEY_LENGTH = 32;
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    private final PrivateKey privateKey;
    private final Jwks.Key publicJwk;

    WebhookSigner(Secrets secrets) {
        byte[] stored = secrets.get("webhook-signing", WebhookSigner::newKeyPair);
        try {
            privateKey = KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Arrays.copyOfRange(stored, X509_LENGTH, stored.length)));
            publicJwk = jwk(Arrays.copyOfRange(stored, X509_LENGTH - KEY_LENGTH, X509_LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the stored webhook signing key cannot be read", e);
        }
    }

    /** What receivers check signatures with. */
    public Jwks.Key publicJwk() {
        return publicJwk;
    }

    /**
     * @param timestamp seconds since 1970, as the header says it
     * @return base64url over the signature of {@code timestamp.body}
     */
    String sign(long timestamp, byte[] body) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(privateKey);
            signature.update((timestamp + ".").getBytes(UTF_8));
            signature.update(body);
            return BASE64_URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with " + ALGORITHM + " failed", e);
        }
    }

    /** @param key the 32 bytes of a public key */
    static Jwks.Key jwk(byte[] key) {
        try {
            OctetKeyPair pair = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(key))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.EdDSA)
                    .keyIDFromThumbprint()
                    .build();
            return new Jwks.Key(
                    pair.getKeyType().getValue(),
                    pair.getCurve().getName(),
                    pair.getX().toString(),
                    pair.getKeyID(),
                    pair.getKeyUse().getValue(),
                    pair.getAlgorithm().getName());
        } catch (JOSEException e) {
            throw new IllegalStateException("the thumbprint of the webhook signing key failed", e);
        }
    }

    private static byte[] newKeyPair() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            byte[] publicPart = pair.getPublic().getEncoded();
            byte[] privatePart = pair.getPrivate().getEncoded();
            return ByteBuffer.allocate(publicPart.length + privatePart.length)
                    .put(publicPart)
                    .put(privatePart)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, e);
        }
    }
}
