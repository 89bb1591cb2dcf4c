package dev.atelier.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.training.loop.Budget;
import dev.atelier.world.scene.Aspect;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Labels;
import dev.atelier.world.scene.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On pictures of a plain colour with a square left or right: two attributes. */
class ProbeTrainingTest {
    private static final DeviceThread THREAD = new DeviceThread("test");
    private static final List<Hue> HUES = List.of(Hue.RED, Hue.GREEN, Hue.BLUE);
    private static final List<Side> SIDES = List.of(Side.LEFT, Side.RIGHT);

    @TempDir
    private Path folder;

    @AfterAll
    static void close() {
        THREAD.close();
    }

    @Test
    void learnsWhatAndWhere() {
        train(folder, 30);
        List<ProbeScenes.Labelled> unseen = examples(2, 48);

        try (AttributeProbe probe = AttributeProbe.open(THREAD, folder)) {
            List<Reading> readings = probe.read(
                    unseen.stream().map(ProbeScenes.Labelled::picture).toList());

            assertThat(correct(unseen, readings, Aspect.BACKDROP)).isGreaterThan(0.9);
            assertThat(correct(unseen, readings, Aspect.SIDE_1)).isGreaterThan(0.9);
            assertThat(correct(unseen, readings, Aspect.ANIMAL)).as("absent").isEqualTo(1);
        }
    }

    @Test
    void theSameSeedGivesTheSameProbe() throws IOException {
        train(folder.resolve("first"), 2);
        train(folder.resolve("second"), 2);

        assertThat(Files.mismatch(
                        folder.resolve("first/probe.safetensors"), folder.resolve("second/probe.safetensors")))
                .isEqualTo(-1);
    }

    private static void train(Path folder, int steps) {
        THREAD.callWithGradients(() -> {
            new ProbeTraining(examples(1, 96), new Budget(steps, 0), 5)
                    .train(folder.resolve("probe.safetensors"), (_, _) -> {});
            return null;
        });
    }

    private static double correct(List<ProbeScenes.Labelled> examples, List<Reading> readings, Aspect aspect) {
        return IntStream.range(0, examples.size())
                .mapToDouble(
                        i -> readings.get(i).label(aspect) == examples.get(i).labels()[aspect.ordinal()] ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static List<ProbeScenes.Labelled> examples(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, count).mapToObj(_ -> example(random)).toList();
    }

    private static ProbeScenes.Labelled example(SplittableRandom random) {
        int side = ProbeNetwork.SIDE;
        Hue hue = HUES.get(random.nextInt(HUES.size()));
        Side place = SIDES.get(random.nextInt(SIDES.size()));
        int x0 = random.nextInt(12) + (place == Side.LEFT ? 8 : 56);
        int y0 = 20 + random.nextInt(40);
        byte[] rgb = new byte[side * side * 3];
        for (int i = 0; i < side * side; i++) {
            boolean square = i % side >= x0 && i % side < x0 + 20 && i / side >= y0 && i / side < y0 + 20;
            int colour = square ? 0xFFFFFF : hue.rgb();
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = (byte) Math.clamp((colour >> 16 - 8 * c & 0xff) + random.nextInt(-9, 10), 0, 255);
            }
        }
        int[] labels = new int[Labels.ASPECTS];
        for (Aspect aspect : Aspect.values()) {
            labels[aspect.ordinal()] = Labels.absent(aspect);
        }
        labels[Aspect.BACKDROP.ordinal()] = hue.ordinal();
        labels[Aspect.SIDE_1.ordinal()] = place.ordinal();
        return new ProbeScenes.Labelled(new Picture(side, side, rgb), labels);
    }
}
