package dev.atelier.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.engine.pipeline.AtelierHome;
import dev.atelier.models.EmbeddedModels;
import dev.atelier.server.AtelierServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example does what its page says, with the embedded model. */
class ExamplesTest {
    @TempDir
    private Path folder;

    @Test
    void aPictureCarriesWhatMakesItAgain() throws Exception {
        Path file = folder.resolve("fox.png");
        DrawPicture.main("a red fox in the snow", file.toString());
        byte[] first = Files.readAllBytes(file);
        assertThat(PictureMetadata.read(first)).hasValueSatisfying(metadata -> {
            assertThat(metadata.prompt()).isEqualTo("a red fox in the snow");
            assertThat(metadata.sampling().seed()).isEqualTo(7);
            assertThat(metadata.model()).isEqualTo(EmbeddedModels.DEFAULT);
        });
        DrawPicture.main("a red fox in the snow", file.toString());
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void anEditKeepsEveryPixelThatItsMaskKeeps() throws Exception {
        Path source = folder.resolve("house.png");
        Path edited = folder.resolve("night.png");
        DrawPicture.main("a red house by a lake", source.toString());
        EditWithMask.main(source.toString(), "make it night", edited.toString());
        Picture before = read(source);
        Picture after = read(edited);
        assertThat(after.width()).isEqualTo(before.width());
        assertThat(differing(before, after, 0, before.width() / 2)).isPositive();
        assertThat(differing(before, after, before.width() / 2, before.width())).isZero();
    }

    @Test
    void shotsOfASequenceAreSavedInOrder() throws Exception {
        DrawSequence.main(folder.toString(), "an orange fox on a studio floor", "the orange fox in a forest");
        assertThat(PictureMetadata.read(Files.readAllBytes(folder.resolve("shot-1.png"))))
                .hasValueSatisfying(
                        metadata -> assertThat(metadata.prompt()).isEqualTo("an orange fox on a studio floor"));
        assertThat(PictureMetadata.read(Files.readAllBytes(folder.resolve("shot-2.png"))))
                .hasValueSatisfying(metadata -> assertThat(metadata.prompt()).isEqualTo("the orange fox in a forest"));
    }

    @Test
    void anAdapterChangesThePictureByItsScale() throws Exception {
        Path adapter = folder.resolve("adapter.safetensors");
        writeAdapter(adapter);
        Path plain = folder.resolve("plain.png");
        Path without = folder.resolve("without.png");
        Path with = folder.resolve("with.png");
        DrawPicture.main("a red teapot", plain.toString());
        DrawWithLora.main(adapter.toString(), "a red teapot", without.toString(), "0");
        DrawWithLora.main(adapter.toString(), "a red teapot", with.toString());
        Picture expected = read(plain);
        assertThat(differing(expected, read(without), 0, expected.width())).isZero();
        assertThat(differing(expected, read(with), 0, expected.width())).isPositive();
    }

    @Test
    void aRunningServiceDraws() throws Exception {
        Path file = folder.resolve("service.png");
        try (var service = AtelierServer.start(
                "--server.port=0", "--atelier.data=" + folder.resolve("data"), "--atelier.worker.poll=50ms")) {
            String port = service.getEnvironment().getProperty("local.server.port");
            CallService.main("http://localhost:" + port, "a red fox in the snow", file.toString());
        }
        assertThat(PictureMetadata.read(Files.readAllBytes(file)))
                .hasValueSatisfying(metadata -> assertThat(metadata.prompt()).isEqualTo("a red fox in the snow"));
    }

    private static Picture read(Path file) throws IOException {
        return PictureReader.read(file, PictureLimits.DEFAULT);
    }

    /** Pixels in columns {@code from} to {@code to} that are not the same. */
    private static int differing(Picture one, Picture other, int from, int to) {
        int count = 0;
        for (int y = 0; y < one.height(); y++) {
            for (int x = from; x < to; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    if (one.channel(x, y, channel) != other.channel(x, y, channel)) {
                        count++;
                        break;
                    }
                }
            }
        }
        return count;
    }

    /** A random adapter of rank 2 for one layer of the embedded model, in the form of diffusers. */
    private static void writeAdapter(Path file) throws IOException {
        String layer = "single_transformer_blocks.0.attn.to_out";
        long[] shape = shapeOf(layer + ".weight");
        int out = (int) shape[0];
        int in = (int) shape[1];
        int downBytes = 2 * in * Float.BYTES;
        int upBytes = out * 2 * Float.BYTES;
        String header = """
                {"transformer.%1$s.lora_A.weight":{"dtype":"F32","shape":[2,%2$d],"data_offsets":[0,%4$d]},\
                "transformer.%1$s.lora_B.weight":{"dtype":"F32","shape":[%3$d,2],"data_offsets":[%4$d,%5$d]}}""".formatted(layer, in, out, downBytes, downBytes + upBytes);
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + downBytes + upBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json);
        Random random = new Random(7);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) random.nextGaussian() * 0.1f);
        }
        Files.write(file, bytes.array());
    }

    private static long[] shapeOf(String weight) throws IOException {
        Path model = new EmbeddedModels()
                .folder(EmbeddedModels.DEFAULT, AtelierHome.ofProcess().resolve("embedded"));
        try (FileChannel weights = FileChannel.open(model.resolve("transformer/diffusion_pytorch_model.safetensors"))) {
            ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            weights.read(length);
            ByteBuffer header = ByteBuffer.allocate((int) length.flip().getLong());
            weights.read(header);
            Matcher shape = Pattern.compile("\"" + Pattern.quote(weight) + "\":\\{[^}]*\"shape\":\\[(\\d+),\\s*(\\d+)]")
                    .matcher(new String(header.array(), StandardCharsets.UTF_8));
            assertThat(shape.find()).isTrue();
            return new long[] {Long.parseLong(shape.group(1)), Long.parseLong(shape.group(2))};
        }
    }
}
