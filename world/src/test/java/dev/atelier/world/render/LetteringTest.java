package dev.atelier.world.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.world.scene.Slogan;
import dev.atelier.world.scene.Typeface;
import java.awt.geom.Rectangle2D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetteringTest {

    @ParameterizedTest
    @EnumSource(Typeface.class)
    void everyWordHasItsLettersInBothScripts(Typeface typeface) {
        for (Slogan slogan : Slogan.values()) {
            Rectangle2D latin = Lettering.outline(slogan.words().english().getFirst(), typeface)
                    .getBounds2D();
            Rectangle2D chinese = Lettering.outline(slogan.words().chinese().getFirst(), typeface)
                    .getBounds2D();

            assertThat(latin.getHeight()).as("%s", slogan).isBetween(0.4, 1.3);
            assertThat(latin.getWidth())
                    .as("%s", slogan)
                    .isGreaterThan(0.2 * slogan.name().length());
            assertThat(chinese.getHeight()).as("%s", slogan).isBetween(0.5, 1.3);
            assertThat(chinese.getWidth())
                    .as("%s", slogan)
                    .isGreaterThan(0.5 * slogan.words().chinese().getFirst().length());
        }
    }

    @ParameterizedTest
    @EnumSource(Typeface.class)
    void aMissingGlyphIsAnError(Typeface typeface) {
        assertThatThrownBy(() -> Lettering.outline("\u0416", typeface)).hasMessageContaining("has no glyph for \u0416");
    }
}
