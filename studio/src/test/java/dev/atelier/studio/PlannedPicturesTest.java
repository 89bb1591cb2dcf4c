package dev.atelier.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.pipeline.SequenceRequest;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.Shot;
import dev.atelier.prompt.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedPicturesTest {
    private static final Picture WIDE = PlainPipeline.plain(400, 100, 1);
    private static final Picture TALL = PlainPipeline.plain(100, 400, 2);

    @Test
    void everyPictureOfAPlanHasTheShapeOfTheRequestsFirstReference() {
        GenerationPlan eachAlone = Plans.plan(
                Task.EDIT,
                Plans.OPEN,
                List.of(
                        new Shot("make both blue", List.of(0), List.of()),
                        new Shot("make both blue", List.of(1), List.of())));

        List<PlannedPictures.Pass> passes = of(eachAlone, free(WIDE, TALL)).passes(List.of(0, 1), 1L << 20);

        assertThat(passes).extracting(PlannedPictures.Pass::indices).containsExactly(List.of(0), List.of(1));
        assertThat(passes)
                .extracting(pass -> pass.request().references())
                .containsExactly(List.of(WIDE), List.of(TALL));
        assertThat(passes)
                .extracting(
                        pass -> pass.request().width() + "x" + pass.request().height())
                .containsExactly("512x128", "512x128");
    }

    @Test
    void aSizeOfThePlanIsTheSizeWhateverTheReferences() {
        ImageRequest request = of(edit(Plans.SMALL), free(WIDE)).request(List.of(0));

        assertThat(request.width()).isEqualTo(256);
        assertThat(request.height()).isEqualTo(256);
    }

    @Test
    void anEditOfAPicturesPixelsHasItsSizeAlsoAtFullStrength() {
        for (double strength : new double[] {0.4, 1}) {
            EditSources sources = new EditSources(List.of(TALL), new EditScope(null, strength), true);

            ImageRequest request = of(edit(Plans.OPEN), sources).request(List.of(0));

            assertThat(request.width() + "x" + request.height()).isEqualTo("100x400");
            assertThat(request.edit().strength()).isEqualTo(strength);
        }
    }

    @Test
    void anEditOfAPicturesPixelsShowsThatPictureWhateverTheWordsName() {
        GenerationPlan second =
                Plans.plan(Task.EDIT, Plans.OPEN, List.of(new Shot("the hat of image 2", List.of(1), List.of())));
        EditScope scope = new EditScope(PlainPipeline.plain(8, 8, 255), -1);

        assertThat(of(second, new EditSources(List.of(WIDE, TALL), scope, true))
                        .request(List.of(0))
                        .references())
                .containsExactly(WIDE, TALL);
        assertThat(of(second, free(WIDE, TALL)).request(List.of(0)).references())
                .containsExactly(TALL);
    }

    @Test
    void whatBindsAnEditToTheFirstPictureIsRefusedForSeparateEdits() {
        GenerationPlan both = Plans.plan(
                Task.EDIT,
                Plans.OPEN,
                List.of(
                        new Shot("make both blue", List.of(0), List.of()),
                        new Shot("make both blue", List.of(1), List.of())));
        EditSources sources = new EditSources(List.of(WIDE, TALL), new EditScope(null, 0.5), true);

        assertThatThrownBy(() -> of(both, sources).passes(List.of(0, 1), 1L << 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("strength")
                .hasMessageContaining("separate edits of 2");
    }

    @Test
    void picturesOfTheSameWordsShareACallUpToItsPixels() {
        PlannedPictures pictures = of(Plans.words("a fox", "a hen", "a fox", "a fox", "a hen"), EditSources.NONE);

        assertThat(pictures.passes(List.of(0, 1, 2, 3, 4), 2 * 65_536))
                .extracting(PlannedPictures.Pass::indices)
                .containsExactly(List.of(0, 2), List.of(3), List.of(1, 4));
        assertThat(pictures.passes(List.of(2, 3), 1L << 20))
                .singleElement()
                .satisfies(pass -> assertThat(pass.request())
                        .isEqualTo(new ImageRequest(
                                "a fox",
                                "rain",
                                256,
                                256,
                                2,
                                1,
                                List.of(42L, 43L),
                                List.of(),
                                false,
                                List.of(),
                                EditScope.FREE)));
    }

    @Test
    void aCallHoldsOnePictureHoweverLargeAndFifteenHoweverSmall() {
        assertThat(of(Plans.words("a fox"), EditSources.NONE).atOnce(1)).isEqualTo(1);
        assertThat(of(Plans.words("a fox"), EditSources.NONE).atOnce(4 * 65_536))
                .isEqualTo(4);
        assertThat(of(Plans.words("a fox"), EditSources.NONE).atOnce(1L << 40)).isEqualTo(15);
    }

    @Test
    void aSequenceSeesAllReferencesAndWhatIsMade() {
        Picture made = PlainPipeline.plain(8, 8, 40);

        SequenceRequest request =
                of(Plans.sequence("wakes", "eats", "sleeps"), free(WIDE, TALL)).sequence(List.of(1, 2), List.of(made));

        assertThat(request.shots())
                .containsExactly(new SequenceRequest.Shot("eats", 41), new SequenceRequest.Shot("sleeps", 42));
        assertThat(request.template().references()).containsExactly(WIDE, TALL);
        assertThat(request.earlier()).containsExactly(made);
    }

    @Test
    void aSequenceTakesNoMask() {
        EditSources sources = new EditSources(List.of(WIDE), new EditScope(PlainPipeline.plain(8, 8, 255), -1), true);

        assertThatThrownBy(() -> of(Plans.sequence("wakes", "eats"), sources).sequence(List.of(0, 1), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mask");
    }

    @Test
    void aReferenceThatTheModelSeesSmallerIsTold() {
        assertThat(of(edit(Plans.OPEN), free(WIDE, TALL)).warnings(20_000))
                .containsExactly(
                        "images[0]: 400x100 is more than the model sees of a picture; it was shrunk to about 282x70 for it",
                        "images[1]: 100x400 is more than the model sees of a picture; it was shrunk to about 70x282 for it");
        assertThat(of(edit(Plans.OPEN), free(WIDE, TALL)).warnings(40_000)).isEmpty();
    }

    @Test
    void anEditOfMorePixelsThanAreMadeIsMadeSmallerAndToldSo() {
        Picture huge = PlainPipeline.plain(8192, 2304, 0);
        PlannedPictures pictures = of(edit(Plans.OPEN), new EditSources(List.of(huge), new EditScope(null, 0.5), true));

        ImageRequest request = pictures.request(List.of(0));

        assertThat(request.width() + "x" + request.height()).isEqualTo("7723x2172");
        assertThat(pictures.warnings(1L << 30))
                .containsExactly(
                        "images[0]: 8192x2304 was shrunk to 7723x2172; pictures of more than 16,777,216 pixels are not made");
    }

    @Test
    void aSeedIsDrawnBefore() {
        assertThatThrownBy(() -> new PlannedPictures(Plans.words("a fox"), Sampling.defaults(), EditSources.NONE))
                .hasMessageContaining("seed");
    }

    private static GenerationPlan edit(PlannedSize size) {
        return Plans.plan(Task.EDIT, size, Plans.shots(List.of(0), "make it blue"));
    }

    private static PlannedPictures of(GenerationPlan plan, EditSources sources) {
        return new PlannedPictures(plan, Plans.SEED_40, sources);
    }

    private static EditSources free(Picture... pictures) {
        return new EditSources(List.of(pictures), EditScope.FREE, false);
    }
}
