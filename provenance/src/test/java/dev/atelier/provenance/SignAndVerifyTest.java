package dev.atelier.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.provenance.Verification.Finding;
import dev.atelier.provenance.Verification.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignAndVerifyTest {
    private static final int DAMAGED = 2_000;

    @TempDir
    private static Path shared;

    private static ManifestSigner signer;
    private static ManifestVerifier trusting;

    @BeforeAll
    static void identity() throws IOException, ProvenanceException {
        IdentityFolder.create(shared.resolve("keys"), "Example, Inc.", 30);
        signer = new ManifestSigner(SigningIdentity.open(shared.resolve("keys")));
        trusting = new ManifestVerifier(TrustAnchors.read(shared.resolve("keys/root.pem")), InstantSource.system());
    }

    @Test
    void everyFormatIsTrustedByWhoTrustsTheRootAndValidForOthers() throws IOException, ProvenanceException {
        for (byte[] file : Samples.files().values()) {
            byte[] signed = signer.sign(file, Samples.DRAWN);

            Verification verified = trusting.verify(signed);

            assertThat(verified.findings()).allMatch(Finding::success);
            assertThat(verified.state()).isEqualTo(State.TRUSTED);
            assertThat(new ManifestVerifier(TrustAnchors.NONE, InstantSource.system())
                            .verify(signed)
                            .state())
                    .isEqualTo(State.VALID);
            assertThat(trusting.verify(file)).isEqualTo(new Verification(State.ABSENT, List.of(), null));
        }
    }

    @Test
    void whatWasClaimedIsRead() throws IOException, ProvenanceException {
        byte[] file = Samples.files().get("PNG");

        Verification.Statement drawn =
                trusting.verify(signer.sign(file, Samples.DRAWN)).statement();
        Verification.Statement edited =
                trusting.verify(signer.sign(file, Samples.EDITED)).statement();

        String source = "http://cv.iptc.org/newscodes/digitalsourcetype/";
        assertThat(drawn.program()).isEqualTo("Atelier 1.0");
        assertThat(drawn.signer()).contains("CN=Example\\, Inc. provenance");
        assertThat(drawn.actions())
                .containsExactly(
                        new Verification.Action("c2pa.created", source + "trainedAlgorithmicMedia", "seedling-1"));
        assertThat(drawn.ingredients()).isEmpty();
        assertThat(edited.actions())
                .containsExactly(
                        new Verification.Action("c2pa.opened", "", ""),
                        new Verification.Action(
                                "c2pa.edited", source + "compositeWithTrainedAlgorithmicMedia", "seedling-1"));
        assertThat(edited.ingredients())
                .containsExactly(
                        new Verification.Ingredient("image 1", "parentOf"),
                        new Verification.Ingredient("image 2", "inputTo"),
                        new Verification.Ingredient("image 3", "inputTo"));
    }

    @Test
    void aFileThatIsSignedAgainHasOneManifest() throws IOException, ProvenanceException {
        for (byte[] file : Samples.files().values()) {
            byte[] again = signer.sign(signer.sign(file, Samples.EDITED), Samples.DRAWN);

            assertThat(again.length).isEqualTo(signer.sign(file, Samples.DRAWN).length);
            assertThat(trusting.verify(again).state()).isEqualTo(State.TRUSTED);
        }
    }

    /** Every byte outside of the credentials is bound: each one that differs is found, or the file is no picture any more. */
    @Test
    void everyFlippedByteOfThePictureIsFound() throws IOException, ProvenanceException {
        for (Map.Entry<String, byte[]> file : Samples.files().entrySet()) {
            byte[] signed = signer.sign(file.getValue(), Samples.DRAWN);
            Carrier.Range store = Carrier.of(signed).find(signed).ranges().getFirst();
            for (int i = 0; i < signed.length; i++) {
                if (i == store.start()) {
                    i = store.end();
                    continue;
                }
                signed[i] ^= 0x20;
                try {
                    Verification found = trusting.verify(signed);
                    assertThat(found.findings())
                            .as(file.getKey() + " byte " + i)
                            .extracting(Finding::code)
                            .contains("assertion.dataHash.mismatch");
                } catch (ProvenanceException e) {
                    assertThat(e).hasMessageMatching(".*(damaged or cut at byte|no PNG, JPEG or WebP).*");
                }
                signed[i] ^= 0x20;
            }
        }
    }

    /** Damage is said in words; what is believed nevertheless (some bits of boxes' descriptions mean nothing) says what was signed. */
    @Test
    void damagedManifestsAreRefusedInWords() throws IOException, ProvenanceException {
        SplittableRandom random = new SplittableRandom(11);
        byte[] file = Samples.files().get("PNG");
        byte[] signed = signer.sign(file, Samples.EDITED);
        Verification whole = trusting.verify(signed);
        byte[] store = Carrier.PNG.find(signed).store();
        int refused = 0;
        for (int round = 0; round < DAMAGED; round++) {
            byte[] damaged = store.clone();
            for (int k = random.nextInt(1, 6); k > 0; k--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            if (round % 3 == 0) {
                damaged = Arrays.copyOf(damaged, random.nextInt(1, damaged.length));
            }

            Verification found = trusting.verify(Carrier.PNG.insert(file, damaged));

            if (found.state() == State.INVALID) {
                refused++;
                assertThat(found.findings())
                        .anyMatch(f -> !f.success() && !f.explanation().isBlank());
            } else {
                assertThat(found).isEqualTo(whole);
            }
        }
        assertThat(refused).isGreaterThan(DAMAGED * 9 / 10);
    }

    @Test
    void anotherSignersNameAndAnEndedCertificateAreFound() throws IOException, ProvenanceException {
        IdentityFolder.create(shared.resolve("other"), "Other", 30);
        byte[] file = Samples.files().get("JPEG");
        byte[] others = new ManifestSigner(SigningIdentity.open(shared.resolve("other"))).sign(file, Samples.DRAWN);

        assertThat(trusting.verify(others).state()).isEqualTo(State.VALID);
        ManifestVerifier later = new ManifestVerifier(
                TrustAnchors.read(shared.resolve("keys/root.pem")),
                InstantSource.fixed(Instant.now().plus(Duration.ofDays(31))));
        Verification ended = later.verify(signer.sign(file, Samples.DRAWN));
        assertThat(ended.state()).isEqualTo(State.INVALID);
        assertThat(ended.findings()).extracting(Finding::code).contains("signingCredential.expired");
    }

    @Test
    void keysAreNeverReplacedAndOnesThatMayNotSignAreRefused() throws IOException {
        assertThatThrownBy(() -> IdentityFolder.create(shared.resolve("keys"), "Again", 30))
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> IdentityFolder.create(shared.resolve("x"), " ", 30))
                .hasMessageContaining("name: ''");
        assertThatThrownBy(() -> IdentityFolder.create(shared.resolve("x"), "x", 0))
                .hasMessage("days: 0 is not in 1 to 3650");
        char[] password = Files.readString(shared.resolve("keys/password"), StandardCharsets.UTF_8)
                .strip()
                .toCharArray();
        assertThatThrownBy(() -> SigningIdentity.open(shared.resolve("keys/root.p12"), password))
                .hasMessageContaining("an authority's, which may not sign claims");
        assertThatThrownBy(() -> SigningIdentity.open(shared.resolve("keys/root.p12"), "wrong".toCharArray()))
                .hasMessageContaining("the password is not that of this key store");
        assertThatThrownBy(() -> SigningIdentity.open(shared)).hasMessageContaining("atelier provenance init");
    }
}
