package dev.atelier.hub;

import static dev.atelier.hub.FakeHub.cutAfter;
import static dev.atelier.hub.FakeHub.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.hub.HubException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One file of a repository that is no pipeline folder, such as one of many GGUFs. */
class PullFileTest extends PullFixture {
    private static final String FILE = "gguf/klein-Q4_K.gguf";

    private final byte[] gguf = random(300_000, 8);

    @BeforeEach
    void publishFiles() {
        hub.remove("model_index.json").large(FILE, gguf).large("klein-Q8_0.gguf", random(20, 9));
    }

    private Path pull(String file) {
        return client("").pullFile(MODEL, file, models, PullListener.NONE);
    }

    @Test
    void oneFileComesAlone() throws IOException {
        Path file = pull(FILE);

        assertThat(file).isEqualTo(models.resolve("studio/klein").resolve(FILE)).hasBinaryContent(gguf);
        assertThat(filesIn(models.resolve("studio/klein"))).containsExactly(FILE);
    }

    @Test
    void whatIsHereAndRightIsNotFetchedAgainAndWhatIsWrongIs() throws IOException {
        pull(FILE);
        hub.requests.clear();
        pull(FILE);
        assertThat(hub.requestsFor(FILE)).isZero();

        Files.write(models.resolve("studio/klein").resolve(FILE), random(300_000, 10));
        assertThat(pull(FILE)).hasBinaryContent(gguf);
    }

    @Test
    void aFileThatWasCutOffIsContinued() {
        hub.fail(FILE, cutAfter(100_000, etag(gguf)));

        assertThat(pull(FILE)).hasBinaryContent(gguf);
        assertThat(rangesOf(FILE))
                .singleElement()
                .satisfies(range -> assertThat(from(range)).isPositive());
    }

    @Test
    void bytesWithAnotherChecksumAreNotKept() {
        hub.listChecksum(FILE, sha256(random(5, 5)));

        assertFails(() -> pull(FILE), Kind.CORRUPT, FILE, "checksum");
        assertThat(models.resolve("studio/klein").resolve(FILE)).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsSaidWithThoseThatAre() {
        assertFails(() -> pull("klein-Q2_K.gguf"), Kind.NOT_FOUND, "klein-Q2_K.gguf", FILE, "klein-Q8_0.gguf", WEIGHTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.gguf", "/etc/passwd", "a/../../b", "", ".hidden", "a\\b", "C:x"})
    void aPathOutsideIsRefusedBeforeAnythingIsAsked(String path) {
        assertFails(() -> pull(path), Kind.BAD_NAME, "file: ");
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void aRepositoryWithoutPipelineNamesItsFiles() {
        assertFails(
                () -> client("").pull(MODEL, models, PullListener.NONE),
                Kind.NOT_FOUND,
                "model_index.json",
                "--file",
                FILE,
                "klein-Q8_0.gguf");
    }

    /** Weights that the user put in the place of those that were pulled make no unfinished pull; weights that are only gone do. */
    @Test
    void aModelWhoseWeightsWereReplacedIsComplete() throws IOException {
        hub.small("model_index.json", "{\"transformer\": [\"diffusers\", \"Flux2Transformer2DModel\"]}");
        Path folder = client("").pull(MODEL, models, PullListener.NONE);
        Files.delete(folder.resolve(WEIGHTS));
        assertFails(() -> ModelStore.requireComplete(folder), Kind.INCOMPLETE, "files are gone");

        Files.move(pull(FILE), folder.resolve("transformer/klein-Q4_K.gguf"));
        ModelStore.requireComplete(folder);
        assertThat(ModelStore.describe("klein", folder).precision()).isEqualTo("gguf");

        Files.delete(folder.resolve("transformer/config.json"));
        assertFails(() -> ModelStore.requireComplete(folder), Kind.INCOMPLETE, "files are gone");
    }

    /** A whole model beside it stays whole, and a later pull of the model leaves the file alone. */
    @Test
    void aFileGoesBesideAPulledModel() throws IOException {
        hub.small("model_index.json", "{\"transformer\": [\"diffusers\", \"Flux2Transformer2DModel\"]}");
        Path folder = client("").pull(MODEL, models, PullListener.NONE);
        pull(FILE);
        hub.commit = "f".repeat(40);
        client("").pull(MODEL, models, PullListener.NONE);

        assertThat(folder.resolve(FILE)).hasBinaryContent(gguf);
        ModelStore.requireComplete(folder);
    }
}
