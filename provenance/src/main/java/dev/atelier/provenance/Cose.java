package dev.atelier.provenance;

import dev.atelier.provenance.CborWriter.Tagged;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The signature of a claim: COSE_Sign1 (RFC 9052) with the claim as its payload that is not in it, and the certificates in its header. */
final class Cose {
    private static final int SIGN1_TAG = 18;
    private static final int ALGORITHM = 1;
    private static final int CERTIFICATES = 33;
    private static final int MAX_CERTIFICATES = 10;

    private Cose() {}

    /**
     * A signature that was read.
     *
     * @param header the protected one, as it was signed
     * @param chain the signer's certificate and those above it
     */
    record Signed(byte[] header, CoseAlgorithm algorithm, List<X509Certificate> chain, byte[] signature) {
        X509Certificate signer() {
            return chain.getFirst();
        }

        /** Whether it is the signer's, of {@code claim}. */
        boolean matches(byte[] claim) {
            try {
                Signature check = algorithm.signature();
                check.initVerify(signer().getPublicKey());
                check.update(toSign(header, claim));
                return check.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    /** @param chain without the root */
    static byte[] sign(byte[] claim, PrivateKey key, List<X509Certificate> chain) throws ProvenanceException {
        CoseAlgorithm algorithm = CoseAlgorithm.of(key);
        try {
            List<byte[]> certificates = new ArrayList<>();
            for (X509Certificate certificate : chain) {
                certificates.add(certificate.getEncoded());
            }
            Map<Integer, Object> header = new LinkedHashMap<>();
            header.put(ALGORITHM, algorithm.number());
            header.put(CERTIFICATES, certificates.size() == 1 ? certificates.getFirst() : certificates);
            byte[] encoded = CborWriter.write(header);
            Signature signature = algorithm.signature();
            signature.initSign(key);
            signature.update(toSign(encoded, claim));
            List<Object> parts = new ArrayList<>(List.of(encoded, Map.of()));
            parts.add(null);
            parts.add(signature.sign());
            return CborWriter.write(new Tagged(SIGN1_TAG, parts));
        } catch (GeneralSecurityException e) {
            throw new ProvenanceException("the key cannot sign: " + e.getMessage(), e);
        }
    }

    private static byte[] toSign(byte[] header, byte[] claim) {
        return CborWriter.write(List.of("Signature1", header, new byte[0], claim));
    }

    static Signed read(byte[] cbor) throws ProvenanceException {
        List<?> parts = CborReader.list(cbor, "signature");
        if (parts.size() != 4
                || !(parts.get(0) instanceof byte[] header)
                || !(parts.get(1) instanceof Map<?, ?> unprotected)
                || !(parts.get(3) instanceof byte[] signature)) {
            throw new ProvenanceException("signature: no COSE_Sign1");
        }
        Map<String, Object> signed = CborReader.map(header, "signature's header");
        CoseAlgorithm algorithm = signed.get(Integer.toString(ALGORITHM)) instanceof Number number
                ? CoseAlgorithm.of(number.longValue())
                        .orElseThrow(
                                () -> new ProvenanceException("signature: algorithm " + number + " is not allowed"))
                : null;
        if (algorithm == null) {
            throw new ProvenanceException("signature: no algorithm");
        }
        // Claims of version 1 have their certificates outside of what is signed.
        Object certificates =
                signed.getOrDefault(Integer.toString(CERTIFICATES), unprotected.get(Integer.toString(CERTIFICATES)));
        if (certificates == null) {
            certificates = unprotected.get("x5chain");
        }
        return new Signed(header, algorithm, chain(certificates), signature);
    }

    private static List<X509Certificate> chain(Object certificates) throws ProvenanceException {
        List<?> encoded =
                certificates instanceof List<?> list ? list : List.of(certificates == null ? "" : certificates);
        if (encoded.isEmpty() || encoded.size() > MAX_CERTIFICATES) {
            throw new ProvenanceException(
                    "signature: " + encoded.size() + " certificates; 1 to " + MAX_CERTIFICATES + " are allowed");
        }
        List<X509Certificate> out = new ArrayList<>();
        for (Object one : encoded) {
            if (!(one instanceof byte[] bytes)) {
                throw new ProvenanceException("signature: no certificate");
            }
            try {
                out.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes)));
            } catch (CertificateException e) {
                throw new ProvenanceException("signature: a certificate cannot be read", e);
            }
        }
        return out;
    }
}
