package dev.atelier.training.lora;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.training.dataset.CaptionedPicture;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.Checkpoint;
import dev.atelier.training.loop.Objective;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.Seeds;
import dev.atelier.training.loop.TrainingLoop;
import dev.atelier.training.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Fine-tunes a FLUX.2-family folder by low-rank adapters: the folder's own classes, scheduler and prediction type, its weights frozen.
 * A run that was killed and resumed ends with the same file as one that never stopped, given the same number of CPU threads.
 */
public final class LoraTrainer {
    private static final String STAGE = "lora";
    private static final double BETA2 = 0.99;

    private final LoraJob job;
    private final LoraSettings settings;
    private final LoraListener listener;

    public LoraTrainer(LoraJob job, LoraSettings settings, LoraListener listener) {
        this.job = job;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Trains, and writes the adapter.
     *
     * @param cancellation ends the run after a step, with a checkpoint; what was encoded stays too
     * @return the adapter's file
     * @throws IllegalArgumentException when settings do not fit the model, the data or the run that is resumed
     * @throws java.util.concurrent.CancellationException after a cancellation
     */
    public Path train(Cancellation cancellation) {
        if (job.resume() && !Checkpoint.exists(job.run())) {
            throw new IllegalArgumentException("resume: there is no checkpoint in " + job.run());
        }
        if (!job.resume() && Checkpoint.exists(job.run())) {
            throw new IllegalArgumentException(
                    "run: " + job.run() + " holds a checkpoint; resume it, or name another folder");
        }
        LowRankFactors factors = new LowRankFactors(settings.adapter(), settings.seed());
        try (FineTunableModel model = FineTunableModel.open(job.model(), job.options(), factors)) {
            Prepared prepared = model.call(() -> prepare(model, cancellation));
            return model.callWithGradients(() -> {
                try (factors) {
                    factors.create(model.device());
                    return run(new Adaptation(model, factors, prepared), cancellation);
                }
            });
        }
    }

    /** The encoded dataset. @param digest names the examples and what they are made from */
    private record Prepared(ExampleEncoder encoder, List<EncodedExample> examples, Path noPrompt, String digest) {}

    private Prepared prepare(FineTunableModel model, Cancellation cancellation) throws IOException {
        Path cache = job.run().resolve("encoded");
        Files.createDirectories(cache);
        ExampleEncoder encoder = new ExampleEncoder(model, settings, cache);
        List<CaptionedPicture> entries = job.data().entries();
        int length = model.promptLength("");
        for (CaptionedPicture entry : entries) {
            length = Math.max(length, model.promptLength(settings.data().prompt(entry.caption())));
        }
        int tokens = length;
        List<EncodedExample> examples = new DatasetEncoding("data", job.data().skipped(), listener, cancellation)
                .encode(entries, CaptionedPicture::name, (entry, index, out) -> {
                    for (int crop = 0; crop < settings.data().crops(); crop++) {
                        out.accept(encoder.encode(entry, index, crop, tokens));
                    }
                });
        StringBuilder names = new StringBuilder();
        examples.forEach(example -> names.append(example.latents().getFileName())
                .append(example.prompt().getFileName()));
        return new Prepared(encoder, examples, encoder.prompt("", tokens), ExampleEncoder.hash(names.toString()));
    }

    private Path run(Adaptation adaptation, Cancellation cancellation) {
        try (adaptation) {
            Checkpoint checkpoint = new Checkpoint(job.run(), adaptation.identity());
            Position begin = checkpoint.read();
            checkpoint.restore(adaptation.state());
            adaptation.begin(begin, cancellation);
            new TrainingLoop(
                            job.run(),
                            new Budget(settings.steps(), 0),
                            job.watch().checkpointEvery(),
                            checkpoint,
                            listener)
                    .run(begin, adaptation, cancellation);
            adaptation.write(job.output(), settings.steps());
        }
        return job.output();
    }

    /** What fine-tuning minimises, on the device's thread with gradients. */
    private final class Adaptation implements Objective, AutoCloseable {
        private final FineTunableModel model;
        private final LowRankFactors factors;
        private final Prepared prepared;
        private final BatchSchedule<EncodedExample> schedule;
        private final NoisyPass pass;
        private final Optimizer optimizer;
        private LoraSampler sampler;
        private Cancellation cancellation = Cancellation.none();

        Adaptation(FineTunableModel model, LowRankFactors factors, Prepared prepared) {
            this.model = model;
            this.factors = factors;
            this.prepared = prepared;
            schedule = new BatchSchedule<>(
                    prepared.examples(),
                    EncodedExample::shape,
                    settings.optimization().batch(),
                    settings.seed());
            pass = new NoisyPass(model, prepared.encoder());
            LoraSettings.Optimization o = settings.optimization();
            optimizer = new Optimizer(
                    factors, new Optimizer.Settings(o.learningRate(), 0, o.weightDecay(), o.clip(), 0, BETA2));
        }

        void begin(Position start, Cancellation cancellation) {
            this.cancellation = cancellation;
            optimizer.resumed(start.step());
            sampler = new LoraSampler(model, factors, settings);
            sampler.add(job.watch(), job.data());
            listener.onStart(prepared.examples().size(), job.data().skipped(), factors.layers(), start.step());
        }

        @Override
        public String stage() {
            return STAGE;
        }

        @Override
        public Optimizer optimizer() {
            return optimizer;
        }

        @Override
        public double rate(Position at, double used) {
            return settings.optimization().rate(at.step(), settings.steps());
        }

        /** Every example of an update counts the same, however many batches it has. */
        @Override
        public Update accumulate(Position at) {
            long first = at.step() * settings.optimization().accumulate();
            List<List<EncodedExample>> batches = new ArrayList<>();
            for (int k = 0; k < settings.optimization().accumulate(); k++) {
                batches.add(schedule.batch(first + k));
            }
            long all = batches.stream().mapToLong(List::size).sum();
            double loss = 0;
            for (int k = 0; k < batches.size(); k++) {
                List<EncodedExample> batch = batches.get(k);
                long number = first + k;
                double share = (double) batch.size() / all;
                loss += share * Scopes.plain(() -> backward(batch, number, share));
            }
            return new Update(loss, all, Map.of());
        }

        @Override
        public void after(Position at) {
            int every = job.watch().sampleEvery();
            if (every > 0 && (at.step() % every == 0 || at.step() == settings.steps())) {
                Path sheet = job.run().resolve("samples-" + at.step() + ".png");
                Path lora = job.run().resolve("lora-" + at.step() + ".safetensors");
                sampler.write(sheet, cancellation);
                write(lora, at.step());
                listener.onSamples(at.step(), sheet, lora);
            }
        }

        Map<String, String> identity() {
            Map<String, String> out = new LinkedHashMap<>(settings.values());
            out.put("model", model.pipeline().info().name());
            out.put("data", prepared.digest());
            return out;
        }

        void write(Path file, long step) {
            Map<String, String> about = new LinkedHashMap<>();
            settings.values().forEach((name, value) -> about.put("atelier." + name, value));
            about.put("atelier.base", model.pipeline().info().name());
            about.put("atelier.step", Long.toString(step));
            about.put("atelier.examples", Integer.toString(prepared.examples().size()));
            LoraFile.write(file, factors, about);
        }

        private double backward(List<EncodedExample> batch, long number, double share) {
            SplittableRandom random = Seeds.NOISE.random(settings.seed(), number);
            List<Path> prompts = new ArrayList<>();
            for (EncodedExample example : batch) {
                boolean dropped = random.nextDouble() < settings.data().captionDropout();
                prompts.add(dropped ? prepared.noPrompt() : example.prompt());
            }
            Tensor loss = pass.errors(batch, prompts, pass.noise(batch, random)).mean();
            loss.mul(new Scalar(share)).backward();
            return loss.item_double();
        }

        @Override
        public void close() {
            optimizer.close();
        }
    }
}
