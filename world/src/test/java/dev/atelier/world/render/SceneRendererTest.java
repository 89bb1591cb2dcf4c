package dev.atelier.world.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import dev.atelier.world.scene.Family;
import dev.atelier.world.scene.Landscape;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Side;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Trees;
import dev.atelier.world.scene.Water;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SceneRendererTest {
    private static final World WORLD = World.of(WorldConfig.full());

    @Test
    void theSameSceneGivesTheSameBytesOnAnyThread() {
        List<byte[]> once = LongStream.range(0, 40)
                .mapToObj(
                        seed -> SceneRenderer.render(WORLD.scene(seed), 96, 96).toBytes())
                .toList();
        List<byte[]> twice = LongStream.range(0, 40)
                .parallel()
                .mapToObj(
                        seed -> SceneRenderer.render(WORLD.scene(seed), 96, 96).toBytes())
                .toList();
        assertThat(IntStream.range(0, 40))
                .allSatisfy(i -> assertThat(twice.get(i)).isEqualTo(once.get(i)));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void everyFamilyFitsAnyShape(Family family) {
        for (Scene scene : some(family, 6)) {
            for (Style style : Style.values()) {
                assertThat(colours(SceneRenderer.render(scene.withStyle(style), 64, 1024)))
                        .isGreaterThan(4);
                assertThat(colours(SceneRenderer.render(scene.withStyle(style), 1024, 64)))
                        .isGreaterThan(4);
            }
        }
        Scene scene = some(family, 1).getFirst();
        assertThat(SceneRenderer.render(scene, 128, 2048).height()).isEqualTo(2048);
        assertThat(SceneRenderer.render(scene, 16, 16).width()).isEqualTo(16);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aSceneComposesTheSameAtAnySize(Family family) {
        for (Scene scene : some(family, 8)) {
            Picture large = SceneRenderer.render(scene, 384, 384);
            Picture small = SceneRenderer.render(scene, 96, 96);
            assertThat(difference(blocks(large, 24), blocks(small, 24)))
                    .as("%s", scene)
                    .isLessThan(9);
        }
    }

    /** What a caption may name must show: changing it changes the picture. */
    @Test
    void everythingNamedIsToBeSeen() {
        for (Scene scene : some(Family.LANDSCAPE, 60)) {
            Landscape land = (Landscape) scene.setting();
            for (int i = 0; i < scene.subjects().size(); i++) {
                assertThat(changed(scene, scene.withSubjects(List.of())))
                        .as("%s", scene)
                        .isGreaterThan(0.004);
            }
            if (land.trees() != Trees.NONE) {
                Landscape bare = new Landscape(
                        land.terrain(),
                        land.water(),
                        Trees.NONE,
                        land.season(),
                        land.time(),
                        land.weather(),
                        land.ground());
                assertThat(changed(scene, scene.withSetting(bare)))
                        .as("%s", scene)
                        .isGreaterThan(0.004);
            }
            if (land.water() != Water.NONE) {
                assertThat(changed(scene, scene.withSetting(land.withWater(Water.NONE))))
                        .as("%s", scene)
                        .isGreaterThan(0.03);
            }
            if (land.showsLight()) {
                Side side = land.ground().light() == Side.LEFT ? Side.RIGHT : Side.LEFT;
                Landscape moved = new Landscape(
                        land.terrain(),
                        land.water(),
                        Trees.NONE,
                        land.season(),
                        land.time(),
                        land.weather(),
                        new Landscape.Ground(side, land.ground().shore()));
                assertThat(changed(scene.withSubjects(List.of()), scene.withSetting(moved)))
                        .isGreaterThan(0.01);
            }
        }
    }

    @Test
    void theMaskMarksEveryDifferingPixel() {
        Picture before = SceneRenderer.render(WORLD.scene(1), 64, 64);
        byte[] bytes = before.toBytes();
        bytes[3 * 100 + 2] ^= 1;
        byte[] mask = SceneRenderer.mask(before, new Picture(64, 64, bytes));

        assertThat(mask).hasSize(64 * 64);
        assertThat(IntStream.range(0, mask.length).filter(i -> mask[i] != 0)).containsExactly(100);
    }

    @ParameterizedTest
    @CsvSource({"15, 64, width: 15", "64, 4097, height: 4097"})
    void sidesAreBounded(int width, int height, String message) {
        assertThatThrownBy(() -> SceneRenderer.render(WORLD.scene(1), width, height))
                .hasMessageContaining(message);
    }

    private static List<Scene> some(Family family, int count) {
        List<Scene> scenes = new ArrayList<>();
        for (long seed = 0; scenes.size() < count; seed++) {
            Scene scene = WORLD.scene(seed);
            if (scene.family() == family) {
                scenes.add(scene);
            }
        }
        return scenes;
    }

    private static int colours(Picture picture) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < picture.height(); y += 3) {
            for (int x = 0; x < picture.width(); x += 3) {
                colours.add(picture.channel(x, y, 0) << 16 | picture.channel(x, y, 1) << 8 | picture.channel(x, y, 2));
            }
        }
        return colours.size();
    }

    private static double changed(Scene one, Scene other) {
        byte[] mask = SceneRenderer.mask(one, other, 96, 96);
        return IntStream.range(0, mask.length).map(i -> mask[i]).sum() / (double) mask.length;
    }

    /** Mean colours of a grid of {@code count} by {@code count} blocks. */
    private static double[] blocks(Picture picture, int count) {
        double[] means = new double[count * count * 3];
        int side = picture.width() / count;
        for (int y = 0; y < count * side; y++) {
            for (int x = 0; x < count * side; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    int block = (y / side * count + x / side) * 3 + channel;
                    means[block] += picture.channel(x, y, channel) / (double) (side * side);
                }
            }
        }
        return means;
    }

    private static double difference(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += Math.abs(one[i] - other[i]);
        }
        return sum / one.length;
    }
}
