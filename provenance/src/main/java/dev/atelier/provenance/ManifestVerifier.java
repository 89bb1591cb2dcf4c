package dev.atelier.provenance;

import dev.atelier.provenance.Jumbf.SuperBox;
import dev.atelier.provenance.Verification.Finding;
import dev.atelier.provenance.Verification.State;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the credentials of a file: that claim, assertions and file are what the signer signed, and who that was. Manifests of the
 * claims' versions 1 and 2; only the active one, the last, is checked, ingredients' own are not. Source: C2PA specification 2.2, section 15.
 */
public final class ManifestVerifier {
    private static final String OLD_CLAIM = "c2pa.claim";

    private final TrustAnchors anchors;
    private final InstantSource clock;

    public ManifestVerifier(TrustAnchors anchors, InstantSource clock) {
        this.anchors = anchors;
        this.clock = clock;
    }

    /** @param file PNG, JPEG or WebP. @throws ProvenanceException when it is another one, or damaged outside of its credentials */
    public Verification verify(byte[] file) throws ProvenanceException {
        Carrier.Placed placed = Carrier.of(file).find(file);
        if (placed.ranges().isEmpty()) {
            return new Verification(State.ABSENT, List.of(), null);
        }
        Check check = new Check(file, placed);
        Verification.Statement statement = null;
        try {
            statement = check.run();
        } catch (ProvenanceException e) {
            check.failed("claim.malformed", e.getMessage());
        }
        return new Verification(check.state(), check.findings, statement);
    }

    /** One verification. */
    private final class Check {
        private final byte[] file;
        private final Carrier.Placed placed;
        private final List<Finding> findings = new ArrayList<>();
        private boolean trusted;

        Check(byte[] file, Carrier.Placed placed) {
            this.file = file;
            this.placed = placed;
        }

        State state() {
            boolean valid =
                    findings.stream().allMatch(f -> f.success() || f.code().equals("signingCredential.untrusted"));
            return !valid ? State.INVALID : trusted ? State.TRUSTED : State.VALID;
        }

        void failed(String code, String explanation) {
            findings.add(new Finding(code, false, explanation));
        }

        void passed(String code, String explanation) {
            findings.add(new Finding(code, true, explanation));
        }

        Verification.Statement run() throws ProvenanceException {
            SuperBox manifest = manifest();
            SuperBox claimBox = manifest.part(ManifestSigner.CLAIM)
                    .or(() -> manifest.part(OLD_CLAIM))
                    .orElseThrow(() -> new ProvenanceException("the manifest has no claim"));
            byte[] encoded = cbor(claimBox);
            Map<String, Object> claim = CborReader.map(encoded, "claim");
            Cose.Signed signed = Cose.read(cbor(manifest.part(ManifestSigner.SIGNATURE)
                    .orElseThrow(() -> new ProvenanceException("the manifest has no signature"))));
            signature(signed, encoded);
            List<Assertion> assertions = assertions(manifest, claim);
            dataHash(assertions);
            return Statements.of(claim, signed, assertions);
        }

        private SuperBox manifest() throws ProvenanceException {
            SuperBox store = Jumbf.read(placed.store());
            List<SuperBox> manifests = store.parts().stream()
                    .filter(p -> p.type().equals(Jumbf.MANIFEST))
                    .toList();
            if (!store.type().equals(Jumbf.STORE) || manifests.isEmpty()) {
                throw new ProvenanceException("the store has no manifest");
            }
            return manifests.getLast();
        }

        private void signature(Cose.Signed signed, byte[] claim) {
            if (signed.matches(claim)) {
                passed("claimSignature.validated", "the claim is the one that was signed");
            } else {
                failed("claimSignature.mismatch", "the claim is not the one that was signed");
            }
            CertificateProfile.fault(signed.signer())
                    .ifPresent(fault -> failed("signingCredential.invalid", "the signer's certificate: " + fault));
            Date now = Date.from(clock.instant());
            if (now.after(signed.signer().getNotAfter())
                    || now.before(signed.signer().getNotBefore())) {
                failed(
                        "signingCredential.expired",
                        "the signer's certificate is good from "
                                + signed.signer().getNotBefore().toInstant() + " to "
                                + signed.signer().getNotAfter().toInstant());
            }
            trusted = anchors.vouchFor(signed.chain(), now);
            if (trusted) {
                passed("signingCredential.trusted", "the signer's certificate leads to a trusted one");
            } else {
                failed("signingCredential.untrusted", "the signer's certificate leads to none that is trusted here");
            }
        }

        /** Those that the claim names and that are as it says. */
        private List<Assertion> assertions(SuperBox manifest, Map<String, Object> claim) throws ProvenanceException {
            SuperBox store = manifest.part(ManifestSigner.ASSERTION_STORE)
                    .orElseThrow(() -> new ProvenanceException("the manifest has no assertions"));
            List<Object> uris = new ArrayList<>();
            for (String key : List.of("created_assertions", "gathered_assertions", "assertions")) {
                if (claim.containsKey(key)) {
                    uris.addAll(CborReader.list(claim, key, "claim"));
                }
            }
            List<Assertion> out = new ArrayList<>();
            for (Object uri : uris) {
                assertion(store, uri, claim).ifPresent(out::add);
            }
            if (store.parts().size() > uris.size()) {
                failed("assertion.undeclared", "there are assertions that the claim does not name");
            }
            return out;
        }

        private Optional<Assertion> assertion(SuperBox store, Object uri, Map<String, Object> claim)
                throws ProvenanceException {
            if (!(uri instanceof Map<?, ?> map)) {
                throw new ProvenanceException("claim: an assertion without an address");
            }
            @SuppressWarnings("unchecked") // Jackson's maps have texts as keys
            Map<String, Object> typed = (Map<String, Object>) map;
            String url = CborReader.text(typed, "url", "claim: assertion");
            String label = url.substring(url.lastIndexOf('/') + 1);
            Optional<SuperBox> box = store.part(label);
            if (box.isEmpty()) {
                failed("assertion.missing", label + ": the claim names it, but it is not there");
                return Optional.empty();
            }
            Object algorithm = typed.getOrDefault("alg", claim.getOrDefault("alg", ManifestSigner.HASH));
            byte[] hash = hash(algorithm).digest(box.get().body());
            if (!MessageDigest.isEqual(hash, CborReader.bytes(typed, "hash", "claim: " + label))) {
                failed("assertion.hashedURI.mismatch", label + ": it is not the one that the claim names");
                return Optional.empty();
            }
            passed("assertion.hashedURI.match", label + ": it is the one that the claim names");
            return Optional.of(new Assertion(label, box.get().content("cbor").orElse(null)));
        }

        private void dataHash(List<Assertion> assertions) throws ProvenanceException {
            Optional<Assertion> found = assertions.stream()
                    .filter(a -> a.label().equals(ManifestSigner.DATA_HASH) && a.cbor() != null)
                    .findFirst();
            if (found.isEmpty()) {
                failed("claim.hardBindings.missing", "nothing binds the claim to this file's bytes");
                return;
            }
            Map<String, Object> map = CborReader.map(found.get().cbor(), ManifestSigner.DATA_HASH);
            List<Carrier.Range> excluded = new ArrayList<>();
            int end = 0;
            for (Object one : map.containsKey("exclusions")
                    ? CborReader.list(map, "exclusions", ManifestSigner.DATA_HASH)
                    : List.of()) {
                @SuppressWarnings("unchecked") // as above
                Map<String, Object> range = one instanceof Map<?, ?> m ? (Map<String, Object>) m : Map.of();
                int start = CborReader.size(range, "start", "exclusion");
                int length = CborReader.size(range, "length", "exclusion");
                if (start < end || (long) start + length > file.length) {
                    failed(
                            "assertion.dataHash.malformed",
                            "bytes " + start + " to " + ((long) start + length) + " are excluded of a file of "
                                    + file.length);
                    return;
                }
                end = start + length;
                excluded.add(new Carrier.Range(start, length));
            }
            Object algorithm = map.getOrDefault("alg", ManifestSigner.HASH);
            byte[] hash = ManifestSigner.digest(hash(algorithm), file, excluded);
            if (!MessageDigest.isEqual(hash, CborReader.bytes(map, "hash", ManifestSigner.DATA_HASH))) {
                failed("assertion.dataHash.mismatch", "the file is not the one that was signed");
                return;
            }
            passed("assertion.dataHash.match", "the file is the one that was signed");
            int first = placed.ranges().getFirst().start();
            int last = placed.ranges().getLast().end();
            if (excluded.stream().anyMatch(range -> range.start() < first || range.end() > last)) {
                failed(
                        "assertion.dataHash.additionalExclusionsPresent",
                        "parts of the file besides the credentials may have been changed: they are excluded from the hash");
            }
        }
    }

    /** An assertion that is as the claim says. @param cbor null where it is of another form */
    record Assertion(String label, byte[] cbor) {}

    private static byte[] cbor(SuperBox box) throws ProvenanceException {
        return box.content("cbor").orElseThrow(() -> new ProvenanceException(box.label() + ": no CBOR in it"));
    }

    private static MessageDigest hash(Object algorithm) throws ProvenanceException {
        String name = String.valueOf(algorithm).toLowerCase(Locale.ROOT);
        if (!List.of("sha256", "sha384", "sha512").contains(name)) {
            throw new ProvenanceException("hash: " + name + " is not allowed; sha256, sha384 and sha512 are");
        }
        try {
            return MessageDigest.getInstance("SHA-" + name.substring(3));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }
}
