package dev.atelier.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.prompt.References;
import java.util.List;
import org.junit.jupiter.api.Test;

class EditSourcesTest {
    private static final Picture FIRST = PlainPipeline.plain(80, 40, 90);
    private static final Picture SECOND = PlainPipeline.plain(20, 20, 30);
    private static final Picture MASK = PlainPipeline.plain(8, 8, 255);
    private static final List<String> BOTH = List.of("first", "second");

    @Test
    void picturesComeInTheRequestsOrderAndMayChangeFreely() {
        EditSources sources = read(References.of(BOTH));

        assertThat(sources).isEqualTo(new EditSources(List.of(FIRST, SECOND), EditScope.FREE, false));
        assertThat(read(References.none())).isEqualTo(EditSources.NONE);
    }

    @Test
    void aMaskAndAStrengthBoundWhatChanges() {
        EditSources sources = read(new References(BOTH, "whiteness", 0.4, ""));

        assertThat(sources).isEqualTo(new EditSources(List.of(FIRST, SECOND), new EditScope(MASK, 0.4), true));
    }

    @Test
    void aStrengthOfOneStartsFromThePictureToo() {
        assertThat(read(new References(BOTH, "", 1, "")).bound()).isTrue();
    }

    @Test
    void outpaintingPutsTheFirstPictureOnALargerCanvasWhoseMarginsChange() {
        EditSources sources = read(new References(BOTH, "", References.MODEL_STRENGTH, "10,0,20,5"));

        assertThat(sources.pictures())
                .extracting(Picture::toString)
                .containsExactly("Picture[110x45]", "Picture[20x20]");
        Picture mask = sources.scope().mask();
        assertThat(mask).hasToString("Picture[110x45]");
        assertThat(mask.channel(9, 0, 0)).isEqualTo(255);
        assertThat(mask.channel(10, 0, 0)).isZero();
        assertThat(mask.channel(89, 39, 0)).isZero();
        assertThat(mask.channel(89, 40, 0)).isEqualTo(255);
        assertThat(sources.bound()).isTrue();
    }

    @Test
    void aCanvasOfTooManyPixelsIsRefusedWithItsBound() {
        assertThatThrownBy(() -> read(new References(BOTH, "", References.MODEL_STRENGTH, "4096,4096,4096,4096")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outpaint")
                .hasMessageContaining("16777216");
    }

    private static EditSources read(References named) {
        return EditSources.read(
                named,
                (field, name) -> {
                    assertThat(field).isEqualTo("images[" + BOTH.indexOf(name) + "]");
                    return name.equals("first") ? FIRST : SECOND;
                },
                (field, name) -> {
                    assertThat(List.of(field, name)).containsExactly("mask", "whiteness");
                    return MASK;
                });
    }
}
