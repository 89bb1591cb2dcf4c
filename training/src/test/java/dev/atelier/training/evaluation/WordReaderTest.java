package dev.atelier.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.world.render.SceneRenderer;
import dev.atelier.world.scene.Hue;
import dev.atelier.world.scene.Medium;
import dev.atelier.world.scene.Scene;
import dev.atelier.world.scene.Script;
import dev.atelier.world.scene.Sheet;
import dev.atelier.world.scene.Slogan;
import dev.atelier.world.scene.Style;
import dev.atelier.world.scene.Typeface;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WordReaderTest {
    private static final DeviceThread THREAD = new DeviceThread("test");

    @AfterAll
    static void close() {
        THREAD.close();
    }

    @Test
    void readsDarkAndLightLettersInAnyMedium() {
        try (WordReader reader = new WordReader(THREAD)) {
            for (Sheet sheet : List.of(
                    new Sheet(Medium.POSTER, Slogan.COFFEE, Script.LATIN, Typeface.SERIF, Hue.BLACK, Hue.YELLOW),
                    new Sheet(Medium.SIGN, Slogan.TEA, Script.LATIN, Typeface.SANS, Hue.WHITE, Hue.BLUE),
                    new Sheet(Medium.LABEL, Slogan.TRAVEL, Script.LATIN, Typeface.ROUND, Hue.RED, Hue.WHITE),
                    new Sheet(Medium.POSTER, Slogan.MUSIC, Script.CHINESE, Typeface.BRUSH, Hue.BLACK, Hue.PINK))) {
                assertThat(reader.read(render(sheet), sheet.script(), sheet.typeface())
                                .slogan())
                        .as(sheet.toString())
                        .isEqualTo(sheet.word());
            }
        }
    }

    @Test
    void aPictureWithoutLettersMatchesNothingWell() {
        Picture plain = new Picture(64, 64, new byte[64 * 64 * 3]);
        Sheet sheet = new Sheet(Medium.POSTER, Slogan.HOME, Script.LATIN, Typeface.SANS, Hue.BLACK, Hue.WHITE);
        try (WordReader reader = new WordReader(THREAD)) {
            assertThat(reader.read(plain, Script.LATIN, Typeface.SANS).correlation())
                    .isLessThan(0.1);
            assertThat(reader.read(render(sheet), Script.LATIN, Typeface.SANS).correlation())
                    .isGreaterThan(0.7);
        }
    }

    private static Picture render(Sheet sheet) {
        return SceneRenderer.render(new Scene(3, Style.SOFT, sheet, List.of()), 128, 128);
    }
}
