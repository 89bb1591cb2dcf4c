package dev.atelier.cli;

import dev.atelier.cli.Converters.GlyphValue;
import dev.atelier.engine.pipeline.ModelInfo;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.ModelProfile;
import dev.atelier.studio.GlyphSetting;
import dev.atelier.studio.LetteredPlan;
import picocli.CommandLine.Option;

/** How text in quotation marks comes into pictures. */
final class LetteringArguments {
    @Option(
            names = "--glyph-reference",
            paramLabel = "auto|on|off",
            order = 26,
            converter = GlyphValue.class,
            description =
                    "Lay out text in quotation marks and show it to the model as a further reference (default: auto, for"
                            + " models that were taught it).")
    private GlyphSetting setting = GlyphSetting.AUTO;

    GenerationPlan applied(GenerationPlan plan, GenerationRequest request, ModelProfile profile, ModelInfo model) {
        return LetteredPlan.of(plan, request, profile, model.glyphReference(), setting);
    }
}
