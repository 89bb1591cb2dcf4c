package dev.atelier.engine.bench;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.generation.Flux2Pipeline;
import dev.atelier.engine.generation.GenerationStages;
import dev.atelier.engine.generation.WorkEstimate;
import dev.atelier.engine.nn.MatrixPeak;
import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.EngineOptions;
import dev.atelier.engine.pipeline.GeneratedImage;
import dev.atelier.engine.pipeline.GenerationListener;
import dev.atelier.engine.pipeline.ImageRequest;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures a model on this machine: seconds of its parts, memory, and how near its products come to what the machine can do. */
public final class Benchmark {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Benchmark() {}

    /**
     * The folder of a shape with random weights, made in {@code cacheDir} if it is not there yet.
     *
     * @param shape {@code klein-4b}
     * @param progress hears lines of text: what is written, how large, how to delete it
     * @throws EngineException when the shape is unknown or the disk has not enough room
     */
    public static Path shape(String shape, Path cacheDir, Consumer<String> progress) {
        return RandomModel.prepare(shape, cacheDir.resolve("shapes"), progress);
    }

    /**
     * Loads the model and makes pictures with it.
     *
     * @param progress hears a line of text after each part
     */
    public static BenchmarkReport run(BenchmarkOptions options, Consumer<String> progress) {
        WorkEstimate.Operations work = WorkEstimate.of(options.model(), prompt(0), options.width(), options.height());
        long start = System.nanoTime();
        try (Flux2Pipeline pipeline = Flux2Pipeline.open(options.model(), options.engine())) {
            double load = seconds(start);
            progress.accept(String.format(Locale.ROOT, "loaded in %.2f s", load));
            List<BenchmarkReport.Round> rounds = new ArrayList<>();
            for (int i = 0; i < options.rounds(); i++) {
                rounds.add(round(pipeline, options, i));
                BenchmarkReport.Round r = rounds.getLast();
                progress.accept(String.format(
                        Locale.ROOT,
                        "round %d: text %.2f s, step %.2f s, decode %.2f s, resident %d MB%s",
                        i + 1,
                        r.text(),
                        r.step(),
                        r.decode(),
                        r.residentMegabytes(),
                        r.kernel() == null ? "" : ", " + r.kernel()));
            }
            long resident = memory("VmHWM:");
            boolean cpu = !options.engine().device().isCuda();
            double[] peaks = cpu ? peaks() : new double[2];
            return new BenchmarkReport(
                    pipeline.info(), load, rounds, resident, work.text(), work.step(), peaks[0], peaks[1]);
        }
    }

    /**
     * How near a precision comes to full precision: the cosine between the final latents of one picture made in both; 1 is the same.
     * The text encoder's error is part of it.
     *
     * @param options with the precision in question
     */
    public static double latentCosine(BenchmarkOptions options) {
        float[] full = latents(options, options.engine().withPrecision(Precision.STORED));
        float[] other = latents(options, options.engine());
        double product = 0;
        double fullSquares = 0;
        double otherSquares = 0;
        for (int i = 0; i < full.length; i++) {
            product += (double) full[i] * other[i];
            fullSquares += (double) full[i] * full[i];
            otherSquares += (double) other[i] * other[i];
        }
        return product / Math.sqrt(fullSquares * otherSquares);
    }

    private static float[] latents(BenchmarkOptions options, EngineOptions engine) {
        return GenerationStages.with(
                options.model(),
                engine,
                List.of(),
                stages -> Scopes.plain(
                        () -> Tensors.toFloats(stages.latents(request(options, 0), List.of(), ReferenceCache.EMPTY))));
    }

    private static BenchmarkReport.Round round(Flux2Pipeline pipeline, BenchmarkOptions options, int index) {
        Clock clock = new Clock();
        Optional<KernelAccount> before = KernelAccount.now();
        pipeline.generate(request(options, index), clock, Cancellation.none());
        Optional<KernelAccount> kernel = KernelAccount.now().map(now -> now.since(before.orElse(now)));
        return clock.round(options.steps(), kernel.orElse(null));
    }

    private static ImageRequest request(BenchmarkOptions options, int index) {
        return ImageRequest.of(prompt(index), index).toBuilder()
                .size(options.width(), options.height())
                .steps(options.steps())
                .build();
    }

    /** A prompt that is not in the pipeline's cache yet. */
    private static String prompt(int index) {
        return "a lighthouse on a cliff at dusk, number " + index;
    }

    private static double[] peaks() {
        try (DeviceThread thread = new DeviceThread("atelier-peak")) {
            return thread.call(() -> new double[] {MatrixPeak.fp32(), MatrixPeak.int8()});
        }
    }

    /** An entry of the kernel's account of this process, megabytes; mapped files are part of resident memory. */
    private static long memory(String entry) {
        if (!Files.isReadable(STATUS)) {
            return -1;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(entry))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            throw new EngineException(STATUS + ": cannot be read: " + Reasons.of(e), e);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** Notes when the parts of a generation begin. */
    private static final class Clock implements GenerationListener {
        private long text;
        private long denoise;
        private long denoised;
        private long decode;
        private long end;

        @Override
        public void onStage(Stage stage, int image) {
            long now = System.nanoTime();
            switch (stage) {
                case TEXT -> text = now;
                case DENOISE -> denoise = now;
                case DECODE -> decode = now;
                case REFERENCES, REFINE -> {}
            }
        }

        @Override
        public void onStep(StepProgress progress) {
            denoised = System.nanoTime();
        }

        @Override
        public void onImage(GeneratedImage image) {
            end = System.nanoTime();
        }

        BenchmarkReport.Round round(int steps, KernelAccount kernel) {
            return new BenchmarkReport.Round(
                    (denoise - text) / 1e9,
                    (denoised - denoise) / 1e9 / steps,
                    (end - decode) / 1e9,
                    memory("VmRSS:"),
                    kernel);
        }
    }
}
