package dev.atelier.engine.hub;

import static dev.atelier.engine.hub.FakeHub.body;
import static dev.atelier.engine.hub.FakeHub.cutAfter;
import static dev.atelier.engine.hub.FakeHub.sha256;
import static dev.atelier.engine.hub.FakeHub.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.hub.HubException.Kind;
import dev.atelier.engine.hub.InstalledModel.State;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubClientTest {
    private static final String WEIGHTS = "transformer/diffusion_pytorch_model.safetensors";
    private static final ModelId MODEL = ModelId.parse("studio/klein");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    @TempDir
    Path models;

    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    private final byte[] weights = random(300_000, 1);
    private FakeHub hub;

    @BeforeEach
    void publishModel() throws IOException {
        hub = new FakeHub()
                .small("model_index.json", """
                        {"_class_name": "Flux2KleinPipeline", "is_distilled": true,
                         "transformer": ["diffusers", "Flux2Transformer2DModel"],
                         "text_encoder": ["transformers", "Qwen3ForCausalLM"], "image_encoder": [null, null]}
                        """)
                .small("README.md", "---\nlicense: apache-2.0\n---\n# Klein\n")
                .small("transformer/config.json", "{}")
                .small("text_encoder/config.json", "{}")
                .large(WEIGHTS, weights)
                .large("text_encoder/model.safetensors", random(70_000, 2));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aPullBringsWhatThePipelineNeedsAndNothingElse() throws IOException {
        hub.large("klein.safetensors", random(10, 3))
                .large("transformer/model.onnx", random(10, 4))
                .large("text_encoder/pytorch_model.bin", random(10, 5))
                .large("text_encoder/model.fp16.safetensors", random(10, 6))
                .small("vae/config.json", "{}")
                .small("images/teaser, large.txt", "x")
                .small(".gitattributes", "x");

        Path folder = client("").pull(MODEL, models, PullListener.NONE);

        assertThat(folder).isEqualTo(models.resolve("studio/klein"));
        assertThat(filesIn(folder))
                .containsExactlyInAnyOrder(
                        PullManifest.NAME,
                        "README.md",
                        "model_index.json",
                        "transformer/config.json",
                        WEIGHTS,
                        "text_encoder/config.json",
                        "text_encoder/model.safetensors");
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(weights);
        assertThat(PullManifest.read(folder).orElseThrow())
                .satisfies(manifest -> assertThat(manifest.isWhole(folder)).isTrue())
                .satisfies(manifest -> assertThat(manifest.commit()).isEqualTo(FakeHub.COMMIT))
                .satisfies(manifest -> assertThat(manifest.finishedAt()).isEqualTo("2026-01-02T03:04:05Z"));
    }

    @Test
    void shardsComeWithTheirIndexAndAListInPagesIsReadToItsEnd() throws IOException {
        hub.pageSize = 2;
        hub.remove(WEIGHTS)
                .small("transformer/diffusion_pytorch_model.safetensors.index.json", "{}")
                .large("transformer/diffusion_pytorch_model-00001-of-00002.safetensors", random(10, 3))
                .large("transformer/diffusion_pytorch_model-00002-of-00002.safetensors", random(10, 4));

        Path folder = client("").pull(MODEL, models, PullListener.NONE);

        assertThat(filesIn(folder))
                .contains(
                        "transformer/diffusion_pytorch_model.safetensors.index.json",
                        "transformer/diffusion_pytorch_model-00001-of-00002.safetensors",
                        "transformer/diffusion_pytorch_model-00002-of-00002.safetensors");
    }

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
    void aSecondPullOfTheSameCommitFetchesNothing() {
        client("").pull(MODEL, models, PullListener.NONE);
        hub.requests.clear();

        client("").pull(MODEL, models, PullListener.NONE);

        assertThat(hub.requests).containsExactly("GET /api/models/studio/klein/revision/main");
    }

    @Test
    void aNewRevisionFetchesWhatChangedAndDropsWhatIsGone() throws IOException {
        hub.small("transformer/old.json", "{}");
        Path folder = client("").pull(MODEL, models, PullListener.NONE);
        Files.writeString(folder.resolve("my-lora.safetensors"), "mine");
        hub.commit = "f".repeat(40);
        byte[] changed = random(300_000, 7);
        hub.remove("transformer/old.json").large(WEIGHTS, changed);
        hub.requests.clear();

        client("").pull(MODEL, models, PullListener.NONE);

        assertThat(hub.requests.stream().filter(request -> request.contains("/resolve/")))
                .singleElement()
                .satisfies(request -> assertThat(request).endsWith(WEIGHTS));
        assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(changed);
        assertThat(folder.resolve("transformer/old.json")).doesNotExist();
        assertThat(folder.resolve("my-lora.safetensors")).hasContent("mine");
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

    @Test
    void anUnknownModelIsExplained() {
        hub.fail("/revision/main", status(404, "X-Error-Code", "RepoNotFound"));
        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.NOT_FOUND, "404", "studio/klein");

        hub.fail("/revision/v9", status(404, "X-Error-Code", "RevisionNotFound"));
        assertFails(
                () -> client("").pull(ModelId.parse("studio/klein@v9"), models, PullListener.NONE),
                Kind.NOT_FOUND,
                "no revision 'v9'");
        assertThat(models.resolve("studio/klein")).doesNotExist();
    }

    @Test
    void refusedAccessIsExplained() {
        hub.fail("/revision/main", status(401));
        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAUTHORIZED, "set HF_TOKEN");
        hub.fail("/revision/main", status(401));
        assertFails(() -> client("t").pull(MODEL, models, PullListener.NONE), Kind.UNAUTHORIZED, "token was refused");
        hub.fail("/revision/main", status(401, "X-Error-Code", "GatedRepo"));
        assertFails(
                () -> client("").pull(MODEL, models, PullListener.NONE),
                Kind.GATED,
                "accept the licence at " + hub.endpoint() + "/studio/klein",
                "HF_TOKEN");
        hub.fail("model_index.json", status(403));
        assertFails(() -> client("t").pull(MODEL, models, PullListener.NONE), Kind.GATED, "accept the licence");
    }

    @Test
    void aBusyHubIsAskedAgainWhenItSays() {
        hub.fail("/revision/main", status(429, "Retry-After", "7"))
                .fail("/revision/main", status(503, "Retry-After", "Fri, 02 Jan 2026 03:04:45 GMT"))
                .fail("/revision/main", status(500));

        client("").pull(MODEL, models, PullListener.NONE);

        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(40), Duration.ofSeconds(4));
    }

    @Test
    void aHubThatStaysBusyIsGivenUp() {
        for (int i = 0; i < Retry.ATTEMPTS; i++) {
            hub.fail("/revision/main", status(429));
        }
        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.RATE_LIMITED, "429", "5 attempts");
        assertThat(pauses).hasSize(Retry.ATTEMPTS - 1);

        hub.fail("/revision/main", status(429, "Retry-After", "3600"));
        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.RATE_LIMITED, "3600 s");
    }

    @Test
    void anUnreachableHubIsExplained() {
        hub.close();

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "no answer from http");
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
    void theTokenGoesToTheHubAndToNoOtherHost() throws IOException {
        try (FakeHub cdn = new FakeHub()) {
            cdn.large(WEIGHTS, weights)
                    .large("text_encoder/model.safetensors", random(70_000, 2))
                    .small("text_encoder/config.json", "{}")
                    .small("transformer/config.json", "{}")
                    .small("README.md", "---\nlicense: apache-2.0\n---\n# Klein\n");
            Files.createDirectories(models.resolve("studio/klein"));
            cdn.small("model_index.json", "{\"transformer\": [\"diffusers\", \"Flux2Transformer2DModel\"]}");
            hub.small("model_index.json", "{\"transformer\": [\"diffusers\", \"Flux2Transformer2DModel\"]}");
            hub.cdn = cdn.endpoint();

            Path folder = client("secret").pull(MODEL, models, PullListener.NONE);

            assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(weights);
            assertThat(hub.authorizations).isNotEmpty().allMatch("Bearer secret"::equals);
            assertThat(cdn.authorizations).isNotEmpty().allMatch("null"::equals);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "::", ""})
    void aRedirectToNoWebAddressIsNotFollowed(String location) {
        hub.fail("model_index.json", status(302, "Location", location));

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "redirects to");
    }

    @Test
    void redirectsInACircleEnd() {
        for (int i = 0; i < 20; i++) {
            hub.fail(
                    "model_index.json",
                    (exchange, _) -> status(
                                    302, "Location", exchange.getRequestURI().getPath())
                            .answer(exchange, new byte[0]));
        }

        assertFails(
                () -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "more than 10 redirects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.json",
                "transformer/../../evil.json",
                "/etc/evil.json",
                "transformer\\..\\evil.json",
                "C:/evil.json",
                "..",
                "transformer/evil\0.json"
            })
    void namesThatLeadOutOfTheFolderAreRefused(String name) throws IOException {
        hub.small(name, "x");

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "outside the model");

        assertThat(filesIn(models)).containsExactly("studio/.klein.lock");
    }

    @Test
    void anIndexThatNamesAFolderOutsideIsRefused() {
        hub.small("model_index.json", "{\"../other\": [\"diffusers\", \"X\"]}");

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.CORRUPT, "'../other'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{\"sha\": \"main\"}", "[]", "", "{\"sha\": 7}"})
    void anAnswerThatIsNoHubsIsExplained(String answer) {
        hub.fail("/revision/main", body(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8), "\"x\""));

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.UNAVAILABLE, "/revision/main");
    }

    @Test
    void aRepositoryWithoutAPipelineIsRefused() {
        hub.remove("model_index.json");

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.NOT_FOUND, "model_index.json");
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
    void aSecondPullOfTheSameModelInThisProcessIsRefused() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        hub.fail("/revision/main", (exchange, _) -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            status(500).answer(exchange, new byte[0]);
        });
        CompletableFuture<Path> first =
                CompletableFuture.supplyAsync(() -> client("").pull(MODEL, models, PullListener.NONE));
        asked.await();

        assertFails(() -> client("").pull(MODEL, models, PullListener.NONE), Kind.BUSY, "already");

        answer.countDown();
        assertThat(first.get().resolve(WEIGHTS)).hasBinaryContent(weights);
    }

    @Test
    void theListenerHearsEveryByteOnce() {
        hub.fail(WEIGHTS, cutAfter(100_000, etag(weights)));
        List<Long> bytes = Collections.synchronizedList(new ArrayList<>());
        List<Long> plan = new ArrayList<>();

        client("").pull(MODEL, models, new PullListener() {
            @Override
            public void onPlan(String commit, int files, long total, long present) {
                plan.addAll(List.of((long) files, total, present));
            }

            @Override
            public void onBytes(long count) {
                bytes.add(count);
            }
        });

        long index = 0;
        try {
            index = Files.size(models.resolve("studio/klein/model_index.json"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(plan.get(0)).isEqualTo(6);
        // The index comes before the plan, and the plan counts it as present.
        assertThat(bytes.stream().mapToLong(Long::longValue).sum()).isEqualTo(plan.get(1) - plan.get(2) + index);
    }

    @Test
    void anInterruptedPullStopsAndSaysSo() {
        hub.fail("/revision/main", status(500));
        HubClient interrupted = new HubClient(
                hub.options(""),
                CLOCK,
                _ -> {
                    throw new InterruptedException();
                },
                Disk.SYSTEM);

        assertFails(() -> interrupted.pull(MODEL, models, PullListener.NONE), Kind.INTERRUPTED, "stopped");
        assertThat(Thread.interrupted()).isTrue();
    }

    private HubClient client(String token) {
        return new HubClient(hub.options(token), CLOCK, pauses::add, Disk.SYSTEM);
    }

    private static void assertFails(ThrowingCallable call, Kind kind, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
                .hasMessageContainingAll(parts)
                .message()
                .hasLineCount(1);
    }

    private List<String> rangesOf(String path) {
        return hub.requests.stream()
                .filter(request -> request.contains(path + " bytes="))
                .map(request -> request.substring(request.indexOf("bytes=")))
                .toList();
    }

    private static int from(String range) {
        return Integer.parseInt(range.replaceAll("\\D", ""));
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    private static String etag(byte[] bytes) {
        return "\"" + sha256(bytes).substring(0, 32) + "\"";
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
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
