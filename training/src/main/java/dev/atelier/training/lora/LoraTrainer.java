package dev.atelier.training.lora;

import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.engine.pipeline.FineTunableModel;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.dataset.CaptionedPicture;
import dev.atelier.training.dataset.SkippedException;
import dev.atelier.training.stage.FlowMatching;
import dev.atelier.training.stage.TrainingListener;
import dev.atelier.training.stage.TrainingLog;
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
import org.bytedeco.pytorch.global.torch;

/**
 * Fine-tunes a FLUX.2-family folder by low-rank adapters: the folder's own classes, scheduler and prediction type, its weights frozen.
 * A run that was killed and resumed ends with the same file as one that never stopped, given the same number of CPU threads.
 */
public final class LoraTrainer {
    private static final String STAGE = "lora";
    private static final double LOSS_SMOOTHING = 0.95;

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
        if (job.resume() && !LoraCheckpoint.exists(job.run())) {
            throw new IllegalArgumentException("resume: there is no checkpoint in " + job.run());
        }
        if (!job.resume() && LoraCheckpoint.exists(job.run())) {
            throw new IllegalArgumentException(
                    "run: " + job.run() + " holds a checkpoint; resume it, or name another folder");
        }
        LowRankFactors factors = new LowRankFactors(settings.adapter(), settings.seed());
        try (FineTunableModel model = FineTunableModel.open(job.model(), job.options(), factors)) {
            Prepared prepared = model.call(() -> prepare(model, cancellation));
            return model.callWithGradients(() -> {
                try (factors) {
                    factors.create(model.device());
                    return new Loop(model, factors, prepared).run(cancellation);
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
        List<EncodedExample> examples = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            try {
                for (int crop = 0; crop < settings.data().crops(); crop++) {
                    examples.add(encoder.encode(entries.get(i), i, crop, length));
                }
            } catch (SkippedException e) {
                job.data().skipped().add(entries.get(i).name(), e);
            }
            listener.onEncoded(i + 1, entries.size());
            cancellation.check();
        }
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("data: no picture can be used; left out: "
                    + String.join("; ", job.data().skipped().lines()));
        }
        StringBuilder names = new StringBuilder();
        examples.forEach(example -> names.append(example.latents().getFileName())
                .append(example.prompt().getFileName()));
        return new Prepared(encoder, examples, encoder.prompt("", length), ExampleEncoder.hash(names.toString()));
    }

    /** The loop over updates, on the device's thread with gradients. */
    private final class Loop {
        private final FineTunableModel model;
        private final LowRankFactors factors;
        private final Prepared prepared;
        private final BatchSchedule schedule;

        Loop(FineTunableModel model, LowRankFactors factors, Prepared prepared) {
            this.model = model;
            this.factors = factors;
            this.prepared = prepared;
            schedule = new BatchSchedule(
                    prepared.examples(), settings.optimization().batch(), settings.seed());
        }

        Path run(Cancellation cancellation) {
            LoraCheckpoint checkpoint = new LoraCheckpoint(job.run(), identity());
            try (AdamW optimizer = new AdamW(factors.values(), factors.gradients(), settings.optimization());
                    TrainingLog log = new TrainingLog(job.run().resolve("log.jsonl"))) {
                LoraCheckpoint.Place begin = job.resume() ? checkpoint.restore(optimizer) : LoraCheckpoint.Place.START;
                LoraSampler sampler = new LoraSampler(model, factors, settings);
                sampler.add(job.watch(), job.data());
                listener.onStart(prepared.examples().size(), job.data().skipped(), factors.layers(), begin.step());
                double smoothed = begin.loss();
                long trained = 0;
                double seconds = 0;
                for (long step = begin.step(); step < settings.steps(); ) {
                    long start = System.nanoTime();
                    double loss = gradients(step);
                    double rate = settings.optimization().rate(step, settings.steps());
                    double norm = optimizer.step(rate);
                    step++;
                    smoothed = Double.isNaN(smoothed) ? loss : LOSS_SMOOTHING * smoothed + (1 - LOSS_SMOOTHING) * loss;
                    trained += examplesOf(step - 1);
                    seconds += (System.nanoTime() - start) / 1e9;
                    TrainingListener.Progress progress = new TrainingListener.Progress(
                            STAGE, step, (double) step / settings.steps(), smoothed, norm, rate, trained / seconds, 0);
                    log.write(progress, loss, Map.of());
                    listener.onStep(progress);
                    if (step % job.watch().checkpointEvery() == 0
                            || step == settings.steps()
                            || cancellation.isCancelled()) {
                        checkpoint.write(optimizer, step, smoothed);
                    }
                    cancellation.check();
                    sample(sampler, step, cancellation);
                }
            }
            write(job.output(), settings.steps());
            return job.output();
        }

        private Map<String, String> identity() {
            Map<String, String> out = new LinkedHashMap<>(settings.values());
            out.put("model", model.pipeline().info().name());
            out.put("data", prepared.digest());
            return out;
        }

        private void sample(LoraSampler sampler, long step, Cancellation cancellation) {
            int every = job.watch().sampleEvery();
            if (every > 0 && (step % every == 0 || step == settings.steps())) {
                Path sheet = job.run().resolve("samples-" + step + ".png");
                Path lora = job.run().resolve("lora-" + step + ".safetensors");
                sampler.write(sheet, cancellation);
                write(lora, step);
                listener.onSamples(step, sheet, lora);
            }
        }

        private void write(Path file, long step) {
            Map<String, String> about = new LinkedHashMap<>();
            settings.values().forEach((name, value) -> about.put("atelier." + name, value));
            about.put("atelier.base", model.pipeline().info().name());
            about.put("atelier.step", Long.toString(step));
            about.put("atelier.examples", Integer.toString(prepared.examples().size()));
            LoraFile.write(file, factors, about);
        }

        private long firstBatch(long step) {
            return step * settings.optimization().accumulate();
        }

        private long examplesOf(long step) {
            long count = 0;
            for (int k = 0; k < settings.optimization().accumulate(); k++) {
                count += schedule.batch(firstBatch(step) + k).size();
            }
            return count;
        }

        /** Accumulates the gradients of one update, in which every example counts the same; the mean loss. */
        private double gradients(long step) {
            long all = examplesOf(step);
            double loss = 0;
            for (int k = 0; k < settings.optimization().accumulate(); k++) {
                long number = firstBatch(step) + k;
                List<EncodedExample> batch = schedule.batch(number);
                double share = (double) batch.size() / all;
                loss += share * Scopes.plain(() -> backward(batch, number, share));
            }
            return loss;
        }

        private double backward(List<EncodedExample> batch, long number, double share) {
            SplittableRandom random = new SplittableRandom(settings.seed() * 7_919 + number);
            List<Path> prompts = new ArrayList<>();
            for (EncodedExample example : batch) {
                boolean dropped = random.nextDouble() < settings.data().captionDropout();
                prompts.add(dropped ? prepared.noPrompt() : example.prompt());
            }
            List<Path> latents = batch.stream().map(EncodedExample::latents).toList();
            EncodedExample.Shape shape = batch.getFirst().shape();
            Tensor clean = prepared.encoder().batch(latents, "target").to(torch.ScalarType.Float);
            List<Tensor> references = new ArrayList<>();
            for (int i = 0; i < shape.references().size(); i++) {
                references.add(prepared.encoder().batch(latents, "reference_" + i));
            }
            torch.manual_seed(random.nextLong());
            Tensor noise = Tensors.to(torch.randn(clean.shape()), model.device());
            Tensor time = Tensors.to(times(random, batch.size(), shape.target().tokens()), model.device());
            Tensor predicted = model.predict(
                    FlowMatching.noisy(clean, noise, time),
                    prepared.encoder().batch(prompts, "embeds"),
                    time,
                    references);
            Tensor error = model.predictsSample()
                    ? FlowMatching.sampleError(predicted, clean, time)
                    : FlowMatching.velocityError(predicted, clean, noise);
            Tensor loss = error.mul(error).mean();
            loss.mul(new Scalar(share)).backward();
            return loss.item_double();
        }

        /** Logit-normal noise levels, shifted as the folder's schedule does. Source: Esser et al. 2024, section 3.1. */
        private Tensor times(SplittableRandom random, int count, long tokens) {
            float[] out = new float[count];
            for (int i = 0; i < count; i++) {
                double even = 1 / (1 + Math.exp(-random.nextGaussian()));
                out[i] = (float) model.shifted(even, tokens);
            }
            return Tensors.of(out, count);
        }
    }
}
