package dev.atelier.hub;

import static dev.atelier.hub.FakeHub.body;
import static dev.atelier.hub.FakeHub.cutAfter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.hub.HubException.Kind;
import dev.atelier.hub.InstalledModel.State;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullTransferTest extends PullFixture {
    @Test
    void aConnectionThatBreaksOffIsGoneOnFromWhereItBroke() {
        hub.fail(WEIGHTS, cutAfter(100_000, etag(weights)));

        Path folder = client("").pull(MODEL, models, PullListener.NONE);

        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(weights);
        assertThat(rangesOf(WEIGHTS)).hasSize(1).allMatch(range -> from(range) > 0 && from(range) <= 100_000);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aPullThatGaveUpIsIncompleteAndTheNextOneGoesOn() throws IOException {
        for (int i = 0; i < Retry.ATTEMPTS; i++) {
            hub.fail(WEIGHTS, cutAfter(50_000, etag(weights)));
        }

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, WEIGHTS, "5 attempts");
        Path folder = models.resolve("studio/klein");
        assertThat(folder.resolve(WEIGHTS)).doesNotExist();
        assertThat(new ModelStore(models).list())
                .singleElement()
                .satisfies(model -> assertThat(model.state()).isEqualTo(State.INCOMPLETE));
        assertFails(
                () -> new ModelStore(models).resolve("studio/klein"),
                Kind.INCOMPLETE,
                "atelier pull studio/klein@main");
        long had = Files.size(folder.resolve(WEIGHTS + PartFile.SUFFIX));
        hub.requests.clear();

        client("").pull(MODEL, models, PullListener.NONE);

        assertThat(rangesOf(WEIGHTS)).containsExactly("bytes=" + had + "-");
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(weights);
        assertThat(new ModelStore(models).resolve("studio/klein")).isEqualTo(folder);
    }

    @Test
    void bytesThatChangedBetweenTwoTriesAreFetchedFromTheStart() {
        byte[] old = random(weights.length, 9);
        hub.fail(WEIGHTS, (exchange, _) -> cutAfter(100_000, etag(old)).answer(exchange, old));

        Path folder = client("").pull(MODEL, models, PullListener.NONE);

        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(weights);
    }

    @Test
    void partsThatDoNotFitTogetherAreFetchedFromTheStart() {
        byte[] old = random(weights.length, 9);
        // Bytes of another file under the right ETag: only the checksum at the end can tell.
        hub.fail(WEIGHTS, (exchange, _) -> cutAfter(100_000, etag(weights)).answer(exchange, old));

        Path folder = client("").pull(MODEL, models, PullListener.NONE);

        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(weights);
        assertThat(hub.requestsFor(WEIGHTS)).isEqualTo(3);
    }

    @Test
    void aServerThatIgnoresRangesIsFetchedFromTheStart() {
        hub.fail(WEIGHTS, cutAfter(100_000, etag(weights))).fail(WEIGHTS, body(weights, etag(weights)));

        assertThat(client("").pull(MODEL, models, PullListener.NONE).resolve(WEIGHTS))
                .hasBinaryContent(weights);
    }

    @Test
    void aDiskThatIsTooSmallIsSeenBeforeTheWeightsAreFetched() {
        Disk small = new Disk() {
            @Override
            public long usableBytes(Path folder) {
                return 1_000_000;
            }
        };

        assertFails(
                () -> new HubClient(hub.options(""), CLOCK, pauses::add, small).pull(MODEL, models, PullListener.NONE),
                Kind.DISK,
                "1 MB are free");
        assertThat(hub.requestsFor(WEIGHTS)).isZero();
    }

    @Test
    void aDiskThatFillsUpStopsThePullAndKeepsWhatIsThere() throws IOException {
        Disk full = new Disk() {
            @Override
            public OutputStream append(Path file) throws IOException {
                OutputStream out = Disk.super.append(file);
                return file.toString().contains("diffusion_pytorch_model") ? new FullAfter(out, 100_000) : out;
            }
        };

        assertFails(
                () -> new HubClient(hub.options(""), CLOCK, pauses::add, full).pull(MODEL, models, PullListener.NONE),
                Kind.DISK,
                "the disk is full");
        Path folder = models.resolve("studio/klein");
        assertThat(folder.resolve(WEIGHTS)).doesNotExist();
        assertThat(pauses).isEmpty();

        client("").pull(MODEL, models, PullListener.NONE);
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(weights);
        assertThat(rangesOf(WEIGHTS))
                .singleElement()
                .satisfies(range -> assertThat(from(range)).isPositive());
    }

    @Test
    void aSilentServerIsGivenUp() {
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < Retry.ATTEMPTS; i++) {
            hub.fail(WEIGHTS, (exchange, content) -> {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content, 0, 10);
                exchange.getResponseBody().flush();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            });
        }
        HubOptions impatient = new HubOptions(hub.endpoint(), "", Duration.ofMillis(300));
        try {
            assertFails(
                    () -> new HubClient(impatient, CLOCK, pauses::add, Disk.SYSTEM)
                            .pull(MODEL, models, PullListener.NONE),
                    Kind.UNAVAILABLE,
                    "broke off after");
        } finally {
            end.countDown();
        }
    }

    @Test
    void aWrongChecksumLeavesNoFile() throws IOException {
        hub.listChecksum(WEIGHTS, "a".repeat(64));

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.CORRUPT, WEIGHTS, "checksum");

        assertThat(filesIn(models.resolve("studio/klein"))).doesNotContain(WEIGHTS, WEIGHTS + PartFile.SUFFIX);
        assertThat(new ModelStore(models).list())
                .singleElement()
                .satisfies(model -> assertThat(model.state()).isEqualTo(State.INCOMPLETE));
    }

    @Test
    void aSmallFileIsCheckedAgainstItsGitBlob() {
        hub.fail("transformer/config.json", body("[]".getBytes(java.nio.charset.StandardCharsets.UTF_8), "\"x\""));

        assertFails(
                () -> client("").pull(MODEL, models, PullListener.NONE),
                Kind.CORRUPT,
                "transformer/config.json",
                "checksum");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 299_999, 300_001, 600_000})
    void aWrongSizeIsRefusedBeforeItIsWritten(int size) {
        hub.fail(WEIGHTS, body(random(size, 3), "\"x\""));

        assertFails(
                () -> client("").pull(MODEL, models, PullListener.NONE),
                Kind.CORRUPT,
                WEIGHTS,
                "lists 300000 bytes",
                "sends " + size);
    }

    @Test
    void anEndlessBodyIsCutAtTheListedSize() {
        hub.fail(WEIGHTS, (exchange, content) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(random(400_000, 3));
        });

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.CORRUPT, WEIGHTS, "sends more");
        assertThat(models.resolve("studio/klein").resolve(WEIGHTS + PartFile.SUFFIX))
                .doesNotExist();
    }

    /** A stream whose disk is full after some bytes. */
    private static final class FullAfter extends OutputStream {
        private final OutputStream out;
        private int left;

        FullAfter(OutputStream out, int left) {
            this.out = out;
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, Math.min(left, length));
            left -= length;
            if (left < 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
