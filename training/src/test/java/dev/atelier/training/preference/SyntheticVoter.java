package dev.atelier.training.preference;

import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.training.dataset.WorldSource;
import dev.atelier.training.report.SampleSheet;
import dev.atelier.world.World;
import dev.atelier.world.WorldConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Votes between a model's own pictures for warm, bright ones, and holds the tuned model against the one it came from on captions that
 * nobody voted on: {@code SyntheticVoter vote MODEL FOLDER PAIRS}, then {@code atelier train --stage prefer --pairs FOLDER/votes.jsonl …},
 * then {@code SyntheticVoter judge MODEL TUNED SHEET PROMPTS}.
 */
public final class SyntheticVoter {
    private static final long UNSEEN = 1_000_000;
    private static final int SIDE = 256;
    private static final int SHOWN = 12;

    private SyntheticVoter() {}

    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "vote" -> vote(Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]));
            case "judge" -> judge(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]), Integer.parseInt(args[4]));
            default -> throw new IllegalArgumentException(args[0] + ": vote or judge expected");
        }
    }

    /** How much the voter likes a picture: bright, and red rather than blue. */
    private static double liking(Picture picture) {
        double sum = 0;
        byte[] rgb = picture.toBytes();
        for (int i = 0; i < rgb.length; i += 3) {
            int red = rgb[i] & 0xff;
            int green = rgb[i + 1] & 0xff;
            int blue = rgb[i + 2] & 0xff;
            sum += (red + green + blue) / 3.0 + 0.5 * (red - blue);
        }
        return sum / (rgb.length / 3.0);
    }

    private static void vote(Path model, Path folder, int pairs) throws IOException {
        Files.createDirectories(folder);
        StringBuilder lines = new StringBuilder();
        try (Flux2Pipeline pipeline = Flux2Pipeline.open(model, EngineOptions.defaults())) {
            for (int i = 0; i < pairs; i++) {
                Picture a = draw(pipeline, prompt(i), 2L * i);
                Picture b = draw(pipeline, prompt(i), 2L * i + 1);
                boolean first = liking(a) > liking(b);
                Files.write(folder.resolve(i + "-winner.png"), png(first ? a : b));
                Files.write(folder.resolve(i + "-loser.png"), png(first ? b : a));
                lines.append("{\"prompt\": \"")
                        .append(prompt(i).replace("\"", "\\\""))
                        .append("\", \"winner\": \"")
                        .append(i)
                        .append("-winner.png\", \"loser\": \"")
                        .append(i)
                        .append("-loser.png\"}\n");
            }
        }
        Files.writeString(folder.resolve("votes.jsonl"), lines);
    }

    private static byte[] png(Picture picture) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture.toImage(), "png", out);
        return out.toByteArray();
    }

    private static void judge(Path model, Path tuned, Path sheet, int prompts) {
        int preferred = 0;
        List<SampleSheet.Sample> shown = new ArrayList<>();
        try (Flux2Pipeline before = Flux2Pipeline.open(model, EngineOptions.defaults());
                Flux2Pipeline after = Flux2Pipeline.open(tuned, EngineOptions.defaults())) {
            for (int i = 0; i < prompts; i++) {
                String prompt = prompt(UNSEEN + i);
                Picture old = draw(before, prompt, UNSEEN + i);
                Picture now = draw(after, prompt, UNSEEN + i);
                preferred += liking(now) > liking(old) ? 1 : 0;
                if (i < SHOWN) {
                    shown.add(new SampleSheet.Sample("before: " + prompt, old));
                    shown.add(new SampleSheet.Sample("after: " + prompt, now));
                }
            }
        }
        SampleSheet.write(shown, 6, sheet);
        System.out.printf(Locale.ROOT, "preferred: %d of %d%n", preferred, prompts);
    }

    private static String prompt(long index) {
        return new WorldSource(World.of(WorldConfig.full()), 11)
                .caption(index)
                .orElseThrow()
                .text();
    }

    private static Picture draw(Flux2Pipeline pipeline, String prompt, long seed) {
        return pipeline.generate(
                        ImageRequest.of(prompt, seed).toBuilder()
                                .size(SIDE, SIDE)
                                .build(),
                        GenerationListener.NONE,
                        Cancellation.none())
                .getFirst()
                .picture();
    }
}
