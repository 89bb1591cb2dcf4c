package dev.atelier.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.prompt.rules.RulePromptEngineer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannedSizeTest {
    /** The embedded model: tokens of 64 pixels at 512; a FLUX.2 folder: tokens of 16 pixels at 1024. */
    private static final List<ModelProfile> MODELS =
            List.of(ModelProfile.of("seedling-1", 512, 64), ModelProfile.of("flux-2-klein-4b", 1024, 16));

    @ParameterizedTest
    @ValueSource(strings = {"1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "5:4", "4:5", "21:9", "2:1", "1:3"})
    void aRatioIsMetToWithinATokenOrThePlanSaysWhatItGives(String ratio) {
        String[] sides = ratio.split(":");
        double aspect = Double.parseDouble(sides[0]) / Double.parseDouble(sides[1]);
        for (ModelProfile model : MODELS) {
            for (GenerationRequest request : List.of(
                    GenerationRequest.of("m", "a fox, " + ratio),
                    GenerationRequest.of("m", "a fox").withSize(SizeWish.parse(ratio)))) {
                GenerationPlan plan = new RulePromptEngineer().plan(request, model);
                PlannedSize size = plan.size();

                double longer = Math.max(size.width(), size.height());
                double asked = Math.min(size.width(), size.height()) * Math.max(aspect, 1 / aspect);
                assertThat(Math.abs(longer - asked)).as(plan.toString()).isLessThan(model.sizeMultiple());
                assertThat(size.width() > size.height()).isEqualTo(aspect > 1);
                assertThat((long) size.width() * size.height()).isLessThanOrEqualTo(size.pixels());
                boolean exact = Math.abs(longer - asked) / longer < 1e-3;
                String told = "drawn as " + size.width() + "x" + size.height() + ": the sides are multiples of "
                        + model.sizeMultiple() + " pixels";
                assertThat(plan.reasons().contains(told)).as(plan.toString()).isNotEqualTo(exact);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "16:9, 640, 384, 1360, 768",
        "9:16, 384, 640, 768, 1360",
        "4:3, 512, 384, 1168, 880",
        "21:9, 768, 320, 1536, 656",
        "1:1, 512, 512, 1024, 1024"
    })
    void usualRatiosOnBothModels(String ratio, int width, int height, int fluxWidth, int fluxHeight) {
        double aspect = SizeWish.parse(ratio).aspect();

        assertThat(PlannedSize.of(aspect, 512 * 512, 64)).isEqualTo(new PlannedSize(width, height, 512 * 512, 64));
        assertThat(PlannedSize.of(aspect, 1024 * 1024, 16))
                .isEqualTo(new PlannedSize(fluxWidth, fluxHeight, 1024 * 1024, 16));
    }
}
