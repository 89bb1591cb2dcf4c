package dev.atelier.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.EditScope;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Letters;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.Prompt;
import dev.atelier.prompt.References;
import dev.atelier.prompt.Sampling;
import dev.atelier.prompt.SequenceWish;
import dev.atelier.prompt.SizeWish;
import dev.atelier.prompt.rules.RulePromptEngineer;
import dev.atelier.prompt.words.Vocabulary;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetteredPlanTest {
    private static final ModelProfile MODEL = ModelProfile.of("m", 512, 64);
    private static final String POSTER = "a poster that says \"JOY\"";
    /** From a private use area: no typeface has it. */
    private static final String UNKNOWN = "\uDBC0\uDC00";

    private static GenerationRequest request(String prompt, int references) {
        return GenerationRequest.of("m", prompt)
                .withReferences(References.of(Collections.nCopies(references, "file.png")));
    }

    private static GenerationPlan planned(GenerationRequest request) {
        return new RulePromptEngineer().plan(request, MODEL);
    }

    private static GenerationPlan lettered(GenerationRequest request, boolean taught, GlyphSetting setting) {
        return LetteredPlan.of(planned(request), request, MODEL, taught, setting);
    }

    @Test
    void nothingChangesForModelsThatWereNotTaughtItOrWithoutQuotations() {
        for (GlyphSetting setting : List.of(GlyphSetting.AUTO, GlyphSetting.OFF)) {
            GenerationRequest request = request(POSTER, 0);
            GenerationPlan plan = planned(request);

            assertThat(LetteredPlan.of(plan, request, MODEL, setting == GlyphSetting.OFF, setting))
                    .isSameAs(plan);
        }
        GenerationRequest plain = request("a red fox", 0);
        GenerationPlan plan = planned(plain);

        assertThat(LetteredPlan.of(plan, plain, MODEL, true, GlyphSetting.ON)).isSameAs(plan);
    }

    @Test
    void aQuotationIsLaidOutAndThePromptAndTheReasonsSaySo() {
        GenerationPlan plan = lettered(request(POSTER, 0), true, GlyphSetting.AUTO);

        assertThat(plan.shots()).singleElement().satisfies(shot -> {
            assertThat(shot.prompt()).isEqualTo(POSTER + ", with the text of image 1");
            assertThat(shot.letters()).isEqualTo(new Letters(List.of("JOY"), Letters.Carrier.POSTER));
            assertThat(shot.references()).isEmpty();
        });
        assertThat(plan.reasons()).contains("the text \"JOY\" is laid out on a poster, as image 1");
        assertThat(plan.task()).isEqualTo(planned(request(POSTER, 0)).task());
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void chineseWordsGetTheChinesePhrase() {
        GenerationPlan plan = lettered(request("一张海报，写着“SALE”。", 0), true, GlyphSetting.AUTO);

        assertThat(plan.shots().getFirst().prompt()).endsWith("“SALE”，文字如图1");
    }

    @Test
    void beforeGivenPicturesOnlyWhereItIsSet() {
        GenerationRequest edit = request("write \"JOY\" on the wall", 2);

        GenerationPlan left = lettered(edit, true, GlyphSetting.AUTO);
        GenerationPlan set = lettered(edit, false, GlyphSetting.ON);

        assertThat(left.shots().getFirst().letters()).isNull();
        assertThat(left.reasons()).contains("the text \"JOY\" is left to the model, because pictures are given");
        assertThat(set.shots().getFirst().prompt()).endsWith(", with the text of image 3");
        assertThat(set.shots().getFirst().references())
                .isEqualTo(left.shots().getFirst().references());
    }

    @Test
    void whatCannotBeDoneIsAWarning() {
        GenerationRequest full = request("write \"JOY\" on the wall", 2);
        ModelProfile two = new ModelProfile("m", 512, 64, 1_048_576, 15, 2, Vocabulary.NONE);
        GenerationRequest exact = request(POSTER, 0).withPrompt(new Prompt(POSTER, "", false));
        GenerationRequest panels = request("three panels: a fox wakes up, a fox says \"HI\", a fox sleeps", 0)
                .withSequence(SequenceWish.auto());

        assertThat(LetteredPlan.of(planned(full), full, two, false, GlyphSetting.ON)
                        .warnings())
                .contains("quoted text is left to the model: its layout would be reference 3, at most 2 are allowed");
        assertThat(lettered(exact, true, GlyphSetting.AUTO)).satisfies(plan -> {
            assertThat(plan.warnings()).contains("quoted text is left to the model: the prompt is given word for word");
            assertThat(plan.shots().getFirst().prompt()).isEqualTo(POSTER);
        });
        assertThat(lettered(panels, true, GlyphSetting.AUTO)).satisfies(plan -> {
            assertThat(plan.linked()).isTrue();
            assertThat(plan.shots()).allMatch(shot -> shot.letters() == null);
            assertThat(plan.warnings())
                    .contains("quoted text is left to the model: pictures of a sequence share their references");
        });
        assertThat(lettered(request("a sign that says \"A" + UNKNOWN + "\"", 0), true, GlyphSetting.AUTO))
                .satisfies(plan -> {
                    assertThat(plan.shots().getFirst().letters()).isNull();
                    assertThat(plan.warnings())
                            .contains("no typeface for the characters " + UNKNOWN + " is installed; the text \"A"
                                    + UNKNOWN + "\" is left to the model");
                });
    }

    @Test
    void theLayoutIsTheLastReferenceOfThePicturesSize() {
        GenerationRequest request =
                request(POSTER, 0).withSize(SizeWish.parse("512x384")).withSampling(new Sampling(1, 1, 3));
        GenerationPlan plan = lettered(request, true, GlyphSetting.AUTO);

        ImageRequest made = new PlannedPictures(plan, request.sampling(), EditSources.NONE).request(List.of(0));

        assertThat(made.references()).singleElement().satisfies(letters -> {
            assertThat(letters.width()).isEqualTo(512);
            assertThat(letters.height()).isEqualTo(384);
            assertThat(letters.toBytes()).contains(0, 255);
        });
        assertThat(made.edit()).isEqualTo(EditScope.FREE);
        assertThat(made.prompt()).endsWith("with the text of image 1");
    }

    @Test
    void behindThePicturesOfTheRequest() {
        Picture wall = new Picture(512, 512, new byte[512 * 512 * 3]);
        GenerationRequest request = request("write \"JOY\" on the wall", 1).withSampling(new Sampling(1, 1, 3));
        GenerationPlan plan = lettered(request, false, GlyphSetting.ON);

        ImageRequest made = new PlannedPictures(
                        plan, request.sampling(), new EditSources(List.of(wall), EditScope.FREE, false))
                .request(List.of(0));

        assertThat(made.references()).hasSize(2).first().isEqualTo(wall);
    }

    @ParameterizedTest
    @EnumSource(Letters.Carrier.class)
    void textStandsInsideThePictureInTheMiddleOfItsWidth(Letters.Carrier carrier) {
        for (int[] size : new int[][] {{512, 512}, {768, 512}, {512, 1024}}) {
            for (List<String> lines :
                    List.of(List.of("JOY"), List.of("MIDNIGHT SALE"), List.of("NEW", "SHOP", "Open"))) {
                Shape text = LettersLayout.placed(new Letters(lines, carrier), size[0], size[1]);
                Rectangle2D box = text.getBounds2D();

                assertThat(box.getCenterX()).isBetween(size[0] * 0.49, size[0] * 0.51);
                assertThat(box.getMinY()).isGreaterThan(0);
                assertThat(box.getMaxY()).isLessThan(size[1]);
                assertThat(box.getWidth()).isGreaterThan(0.1 * Math.min(size[0], size[1]));
                if (carrier == Letters.Carrier.TITLE) {
                    assertThat(box.getCenterY()).isLessThan(size[1] / 3.0);
                }
            }
        }
    }

    @Test
    void aLargePicturesLayoutHasAMegapixelAtMost() {
        Picture drawn = LettersLayout.draw(new Letters(List.of("JOY"), Letters.Carrier.SIGN), 4096, 2048);

        assertThat((long) drawn.width() * drawn.height()).isLessThanOrEqualTo(1024L * 1024);
        assertThat((double) drawn.width() / drawn.height()).isBetween(1.98, 2.02);
    }

    @Test
    void aSettingThatIsNoneIsNamed() {
        assertThat(GlyphSetting.parse(" On")).isEqualTo(GlyphSetting.ON);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GlyphSetting.parse("yes"))
                .withMessage("glyph-reference: 'yes' is none of auto, on, off");
    }
}
