package dev.atelier.cli;

import dev.atelier.cli.Failures.UsageException;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.codec.PictureException;
import dev.atelier.engine.image.codec.PictureFormat;
import dev.atelier.engine.image.codec.PictureLimits;
import dev.atelier.engine.image.codec.PictureMetadata;
import dev.atelier.engine.image.codec.PictureReader;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.ImagePipeline;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.prompt.GenerationPlan;
import dev.atelier.prompt.GenerationRequest;
import dev.atelier.prompt.Output;
import dev.atelier.prompt.PlannedSize;
import dev.atelier.prompt.Shot;
import dev.atelier.studio.ContentCredentials;
import dev.atelier.studio.PictureStamp;
import dev.atelier.studio.PlanListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code atelier replay}: draws a picture again from what its file says and compares. */
@Command(
        name = "replay",
        description = {
            "Draw a picture that Atelier made from words again, from what its file says of prompt, seed and steps, and",
            "compare the two pixel by pixel."
        },
        footer = {
            "",
            "Exit codes: 0 no pixel differs by more than --tolerance, 1 one does or the file does not say enough,",
            "2 wrong command line."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int MOST = 255;

    private final Environment environment;

    @Parameters(paramLabel = "FILE", description = "PNG, JPEG or WebP.")
    private Path file;

    @Option(
            names = "--tolerance",
            paramLabel = "LEVELS",
            description = "Most that a colour of a pixel may differ, of 255 (default: ${DEFAULT-VALUE}).")
    private int tolerance;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Write the new picture here, which must not exist.")
    private Path output;

    @Mixin
    private EngineArguments engine;

    ReplayCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        if (tolerance < 0 || tolerance > MOST) {
            throw new UsageException("--tolerance: " + tolerance + " is not in 0 to " + MOST);
        }
        if (output != null && Files.exists(output)) {
            throw new UsageException("--output: " + output + " exists");
        }
        byte[] bytes = Files.readAllBytes(file);
        PictureMetadata made = PictureMetadata.read(bytes)
                .orElseThrow(() -> new UsageException(file + ": says nothing of how Atelier made it"));
        if (made.extra().containsKey(PictureStamp.GIVEN)) {
            throw new UsageException(file + ": the model was given "
                    + made.extra().get(PictureStamp.GIVEN) + " pictures, which the file does not hold");
        }
        byte[] again = draw(made, PictureFormat.sniff(bytes).orElseThrow());
        if (output != null) {
            Files.write(output, again);
        }
        return compare(picture(bytes), picture(again));
    }

    private byte[] draw(PictureMetadata made, PictureFormat format) {
        Terminal terminal = environment.terminal();
        GenerationRequest request = GenerationRequest.of("local", made.prompt())
                .withOutput(new Output(
                        Output.Format.valueOf(format.name()), made.extra().containsKey(PictureStamp.MARK)));
        GenerationPlan plan = GenerationPlan.of(
                request,
                new PlannedSize(
                        made.size().width(),
                        made.size().height(),
                        (long) made.size().width() * made.size().height(),
                        1),
                List.of(new Shot(made.prompt(), List.of(), List.of())),
                made.negativePrompt(),
                List.of(),
                List.of());
        try (Interruption interruption = Interruption.watch(terminal);
                ImagePipeline pipeline = engine.open(environment)) {
            PictureStamp stamp = new PictureStamp(request, plan, pipeline.info(), ContentCredentials.NONE);
            ImageRequest drawn = ImageRequest.of(made.prompt(), made.sampling().seed()).toBuilder()
                    .negativePrompt(made.negativePrompt())
                    .size(made.size().width(), made.size().height())
                    .steps(made.sampling().steps())
                    .guidanceScale(made.sampling().guidanceScale())
                    .build();
            GenerationProgress progress =
                    new GenerationProgress(terminal, new PlanListener.Call(List.of(0), 0, 1), (_, _) -> {});
            GeneratedImage image = pipeline.generate(drawn, progress, interruption.cancellation())
                    .getFirst();
            if (!stamp.modelName().equals(made.model())) {
                terminal.note("note: made by " + made.model() + ", drawn again by " + stamp.modelName());
            }
            String precision = made.extra().getOrDefault("precision", "");
            if (!precision.equals(pipeline.info().precision())) {
                terminal.note("note: made with precision " + precision + ", drawn again with "
                        + pipeline.info().precision());
            }
            return stamp.file(image);
        }
    }

    private Picture picture(byte[] bytes) {
        try {
            return PictureReader.read(bytes, PictureLimits.DEFAULT);
        } catch (PictureException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    private int compare(Picture before, Picture after) {
        byte[] a = before.toBytes();
        byte[] b = after.toBytes();
        if (before.width() != after.width() || before.height() != after.height()) {
            environment.terminal().result("differs: " + before + " then, " + after + " now");
            return ExitCode.FAILURE;
        }
        int most = 0;
        long other = 0;
        for (int i = 0; i < a.length; i++) {
            int difference = Math.abs((a[i] & 0xff) - (b[i] & 0xff));
            most = Math.max(most, difference);
            other += difference > 0 ? 1 : 0;
        }
        if (most == 0) {
            environment.terminal().result("the same, pixel by pixel");
            return ExitCode.OK;
        }
        environment
                .terminal()
                .result(String.format(
                        Locale.ROOT,
                        "%s: %.2f %% of the values differ, by %d levels of 255 at most",
                        most <= tolerance ? "the same within the tolerance" : "differs",
                        100.0 * other / a.length,
                        most));
        return most <= tolerance ? ExitCode.OK : ExitCode.FAILURE;
    }
}
