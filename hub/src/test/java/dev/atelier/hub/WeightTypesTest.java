package dev.atelier.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightTypesTest {
    @TempDir
    private Path folder;

    @Test
    void everyTypeIsNamedOnceAndMetadataIsNoTensor() throws IOException {
        Path file = file("""
                {"__metadata__": {"format": "pt"}, "a": {"dtype": "F32"}, "b": {"dtype": "BF16"}, "c": {"dtype": "F32"}}""", 0);

        assertThat(WeightTypes.of(file))
                .hasValueSatisfying(types -> assertThat(types).containsExactly("bf16", "f32"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": {}}", "{\"a\": {\"dtype\": 3}}", "{", "no JSON", "[1, 2"})
    void anyOtherHeaderIsUnknown(String header) throws IOException {
        assertThat(WeightTypes.of(file(header, 0))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void aLengthThatTheFileDoesNotHaveIsNotRead(long more) throws IOException {
        assertThat(WeightTypes.of(file("{}", more))).isEmpty();
    }

    @Test
    void aShortOrMissingFileIsUnknown() throws IOException {
        assertThat(WeightTypes.of(Files.write(folder.resolve("short"), new byte[] {1, 2, 3})))
                .isEmpty();
        assertThat(WeightTypes.of(folder.resolve("missing"))).isEmpty();
    }

    /** @param more than its length that the header claims */
    private Path file(String header, long more) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + text.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length + more).put(text);
        return Files.write(folder.resolve("model.safetensors"), bytes.array());
    }
}
