package dev.atelier.provenance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The certificates whose word for a signer is taken. */
public final class TrustAnchors {
    /** Trusts nobody. */
    public static final TrustAnchors NONE = new TrustAnchors(List.of());

    private final List<X509Certificate> certificates;

    private TrustAnchors(List<X509Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /** @param file certificates in PEM, one after the other */
    public static TrustAnchors read(Path file) throws IOException, ProvenanceException {
        List<X509Certificate> out = new ArrayList<>();
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
                    .forEach(certificate -> out.add((X509Certificate) certificate));
        } catch (CertificateException e) {
            throw new ProvenanceException(file + ": no certificates in PEM", e);
        }
        if (out.isEmpty()) {
            throw new ProvenanceException(file + ": no certificate in it");
        }
        return new TrustAnchors(out);
    }

    /** Whether {@code chain}, the signer's certificate first, leads to one of them at {@code when}. Revocations are not asked for. */
    boolean vouchFor(List<X509Certificate> chain, Date when) {
        if (certificates.isEmpty()) {
            return false;
        }
        try {
            Set<TrustAnchor> anchors = certificates.stream()
                    .map(certificate -> new TrustAnchor(certificate, null))
                    .collect(Collectors.toSet());
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(when);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
