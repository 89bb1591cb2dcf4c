package dev.atelier.training.lora;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.training.report.SampleSheet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws prompts without and with an adapter, with seeds 1, 2, … : {@code LoraSheet MODEL LORA PNG PROMPT…}. */
public final class LoraSheet {
    private static final int COLUMNS = 4;

    private LoraSheet() {}

    public static void main(String[] args) {
        Path model = Path.of(args[0]);
        List<String> prompts = Arrays.asList(args).subList(3, args.length);
        List<Picture> without = draw(model, List.of(), prompts);
        List<Picture> with = draw(model, List.of(new EngineOptions.Lora(Path.of(args[1]), 1)), prompts);
        List<SampleSheet.Sample> pairs = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            pairs.add(new SampleSheet.Sample("without: " + prompts.get(i), without.get(i)));
            pairs.add(new SampleSheet.Sample("with: " + prompts.get(i), with.get(i)));
        }
        SampleSheet.write(pairs, COLUMNS, Path.of(args[2]));
    }

    private static List<Picture> draw(Path model, List<EngineOptions.Lora> loras, List<String> prompts) {
        List<Picture> out = new ArrayList<>();
        try (Flux2Pipeline pipeline =
                Flux2Pipeline.open(model, EngineOptions.defaults().withLoras(loras))) {
            for (String prompt : prompts) {
                out.add(pipeline.generate(
                                ImageRequest.of(prompt, out.size() + 1L), GenerationListener.NONE, Cancellation.none())
                        .getFirst()
                        .picture());
            }
        }
        return out;
    }
}
