package dev.atelier.provenance;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The signatures that C2PA allows (specification 2.2, section 13.2), by their numbers in COSE (RFC 9053). */
enum CoseAlgorithm {
    ES256(-7, "SHA256withECDSAinP1363Format", null),
    ES384(-35, "SHA384withECDSAinP1363Format", null),
    ES512(-36, "SHA512withECDSAinP1363Format", null),
    PS256(-37, "RSASSA-PSS", pss("SHA-256", MGF1ParameterSpec.SHA256, 32)),
    PS384(-38, "RSASSA-PSS", pss("SHA-384", MGF1ParameterSpec.SHA384, 48)),
    PS512(-39, "RSASSA-PSS", pss("SHA-512", MGF1ParameterSpec.SHA512, 64)),
    EDDSA(-8, "Ed25519", null);

    private static final int P256 = 256;
    private static final int P384 = 384;
    private static final int LEAST_RSA = 2048;

    private final int number;
    private final String name;
    private final PSSParameterSpec parameters; // null where there are none

    CoseAlgorithm(int number, String name, PSSParameterSpec parameters) {
        this.number = number;
        this.name = name;
        this.parameters = parameters;
    }

    private static PSSParameterSpec pss(String hash, MGF1ParameterSpec mask, int salt) {
        return new PSSParameterSpec(hash, "MGF1", mask, salt, PSSParameterSpec.TRAILER_FIELD_BC);
    }

    int number() {
        return number;
    }

    static Optional<CoseAlgorithm> of(long number) {
        return Arrays.stream(values()).filter(a -> a.number == number).findFirst();
    }

    /** The one that {@code key} signs with. @throws ProvenanceException when none is allowed for it */
    static CoseAlgorithm of(Key key) throws ProvenanceException {
        if (key instanceof ECKey ec) {
            int bits = ec.getParams().getOrder().bitLength();
            return bits == P256 ? ES256 : bits == P384 ? ES384 : ES512;
        }
        if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= LEAST_RSA) {
            return PS256;
        }
        if (key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519")) {
            return EDDSA;
        }
        throw new ProvenanceException("a key " + key.getAlgorithm()
                + " signs no credentials; EC (P-256, P-384, P-521), RSA from 2048 bits and Ed25519 do");
    }

    Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        return signature;
    }
}
