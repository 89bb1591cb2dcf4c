package dev.atelier.hub;

import static dev.atelier.hub.FakeHub.cutAfter;
import static dev.atelier.hub.FakeHub.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.hub.HubException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HubClientTest extends PullFixture {
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
}
