package dev.atelier.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.provenance.Verification.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of every kind that may sign, self-signed as keytool makes them. */
class AlgorithmsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "ES256, EC, -groupname, secp256r1",
        "ES384, EC, -groupname, secp384r1",
        "ES512, EC, -groupname, secp521r1",
        "PS256, RSA, -keysize, 2048",
        "EDDSA, Ed25519, -validity, 30"
    })
    void everyAlgorithmSigns(String name, String key, String option, String value)
            throws IOException, InterruptedException, ProvenanceException {
        Path store = folder.resolve("key.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-dname",
                        "CN=test",
                        "-keyalg",
                        key,
                        option,
                        value,
                        "-ext",
                        "ku:critical=digitalSignature",
                        "-ext",
                        "eku=emailProtection")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        SigningIdentity identity = SigningIdentity.open(store, PASSWORD.toCharArray());

        byte[] signed = new ManifestSigner(identity).sign(Samples.files().get("PNG"), Samples.DRAWN);
        Verification verified = new ManifestVerifier(TrustAnchors.NONE, InstantSource.system()).verify(signed);

        assertThat(CoseAlgorithm.of(identity.key())).hasToString(name);
        assertThat(verified.state()).as(verified.findings().toString()).isEqualTo(State.VALID);
    }
}
