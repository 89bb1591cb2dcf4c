package dev.atelier.hub;

import static dev.atelier.hub.FakeHub.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.hub.HubException.Kind;
import java.io.IOException;
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
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A published model, a client without pauses, and an empty folder for models. */
abstract class PullFixture {
    static final String WEIGHTS = "transformer/diffusion_pytorch_model.safetensors";
    static final ModelId MODEL = ModelId.parse("studio/klein");
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    @TempDir
    Path models;

    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final byte[] weights = random(300_000, 1);
    FakeHub hub;

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

    HubClient client(String token) {
        return new HubClient(hub.options(token), CLOCK, pauses::add, Disk.SYSTEM);
    }

    static void assertFails(ThrowingCallable call, Kind kind, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
                .hasMessageContainingAll(parts)
                .message()
                .hasLineCount(1);
    }

    List<String> rangesOf(String path) {
        return hub.requests.stream()
                .filter(request -> request.contains(path + " bytes="))
                .map(request -> request.substring(request.indexOf("bytes=")))
                .toList();
    }

    static int from(String range) {
        return Integer.parseInt(range.replaceAll("\\D", ""));
    }

    static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }

    static String etag(byte[] bytes) {
        return "\"" + sha256(bytes).substring(0, 32) + "\"";
    }

    static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
