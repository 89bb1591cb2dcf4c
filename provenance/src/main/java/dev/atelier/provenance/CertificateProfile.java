package dev.atelier.provenance;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a certificate must be to sign claims. Source: C2PA specification 2.2, section 14.5.1. */
final class CertificateProfile {
    static final String CLAIM_SIGNING = "1.3.6.1.4.1.62558.2.1";
    static final String EMAIL_PROTECTION = "1.3.6.1.5.5.7.3.4";
    private static final Set<String> ALLOWED = Set.of(CLAIM_SIGNING, EMAIL_PROTECTION, "1.3.6.1.5.5.7.3.36");
    private static final String ANY = "2.5.29.37.0";
    private static final int VERSION = 3;

    private CertificateProfile() {}

    /** What is wrong with it, in words; empty when nothing is. */
    static Optional<String> fault(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getVersion() != VERSION) {
            return Optional.of("version " + certificate.getVersion() + ", not 3");
        }
        if (certificate.getBasicConstraints() >= 0) {
            return Optional.of("it is an authority's, which may not sign claims");
        }
        if (usage == null || !usage[0]) {
            return Optional.of("its key usage has no digitalSignature");
        }
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (purposes == null || purposes.contains(ANY) || purposes.stream().noneMatch(ALLOWED::contains)) {
                return Optional.of("its extended key usage is not that of claim signing (" + CLAIM_SIGNING
                        + "), e-mail protection or document signing");
            }
        } catch (CertificateParsingException e) {
            return Optional.of("its extended key usage cannot be read");
        }
        return Optional.empty();
    }
}
