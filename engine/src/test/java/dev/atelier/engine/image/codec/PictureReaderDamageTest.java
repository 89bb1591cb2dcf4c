package dev.atelier.engine.image.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureSize;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a file, reading it ends in a picture or in a {@link PictureException} that names its format. */
class PictureReaderDamageTest {
    private static final PictureLimits LIMITS = new PictureLimits(1 << 20, 1 << 18, 4096);

    static List<Samples.Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aFileCutShortIsNamedOrLosesNothing(Samples.Sample sample) {
        byte[] whole = sample.bytes();
        byte[] pixels = PictureReader.read(whole, LIMITS).toBytes();
        Random random = new Random(whole.length);
        for (int i = 0; i < 40; i++) {
            int length = i < 10 ? whole.length - 1 - i : random.nextInt(whole.length);
            try {
                // Pages, frames and notes after the first picture may be missing.
                assertThat(PictureReader.read(Arrays.copyOf(whole, length), LIMITS)
                                .toBytes())
                        .as("cut to %d of %d bytes", length, whole.length)
                        .isEqualTo(pixels);
            } catch (PictureException e) {
                assertThat(e.kind()).isNotEqualTo(PictureException.Kind.TOO_LARGE);
            }
        }
    }

    @Test
    void flippedBitsNeverEscapeAsAnotherException() {
        Map<PictureFormat, Integer> refused = new EnumMap<>(PictureFormat.class);
        Random random = new Random(20261122);
        for (Samples.Sample sample : Samples.all()) {
            byte[] whole = sample.bytes();
            PictureFormat format = PictureFormat.sniff(whole).orElseThrow();
            for (int i = 0; i < 40; i++) {
                byte[] damaged = whole.clone();
                // Half of the damage falls on the headers, where it does most.
                int reach = i % 2 == 0 ? damaged.length : Math.min(damaged.length, 200);
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    damaged[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
                }
                try {
                    PictureReader.read(damaged, LIMITS);
                } catch (PictureException e) {
                    refused.merge(format, 1, Integer::sum);
                    assertThat(e.getMessage()).matches("(picture|PNG|JPEG|WebP|BMP|TIFF|GIF): .+");
                }
            }
        }
        assertThat(refused.keySet()).containsExactlyInAnyOrder(PictureFormat.values());
    }

    @Test
    void overwrittenFieldsNeverEscapeAsAnotherException() {
        int[] values = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffff, 0x7fff_fff0, 65_536};
        Random random = new Random(4);
        int refused = 0;
        for (Samples.Sample sample : Samples.all()) {
            byte[] whole = sample.bytes();
            for (int i = 0; i < 40; i++) {
                byte[] damaged = whole.clone();
                int at = random.nextInt(Math.min(damaged.length, 600) - 4);
                int value = values[random.nextInt(values.length)];
                for (int b = 0; b < 4; b++) {
                    damaged[at + b] = (byte) (value >> (i % 2 == 0 ? 24 - 8 * b : 8 * b));
                }
                try {
                    PictureReader.read(damaged, LIMITS);
                } catch (PictureException _) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void metadataOfDamagedFilesAreReadOrAbsent() {
        Picture picture = Samples.named("rgb8.png").picture();
        PictureMetadata metadata = new PictureMetadata(
                "Atelier",
                "spark",
                "a fox",
                "",
                new PictureMetadata.Sampling(1, 4, 1),
                PictureSize.of(picture),
                Map.of());
        Random random = new Random(5);
        int lost = 0;
        for (PictureFormat format : List.of(PictureFormat.PNG, PictureFormat.JPEG, PictureFormat.WEBP)) {
            byte[] whole = PictureWriter.write(picture, format, metadata);
            for (int i = 0; i < 300; i++) {
                byte[] damaged = Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
                for (int flips = 0; flips < 4 && damaged.length > 0; flips++) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                lost += PictureMetadata.read(damaged).isEmpty() ? 1 : 0;
            }
        }
        assertThat(lost).isBetween(300, 899);
    }
}
