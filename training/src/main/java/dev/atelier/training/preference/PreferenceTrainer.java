package dev.atelier.training.preference;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.training.dataset.CaptionedPicture;
import dev.atelier.training.dataset.Feedback;
import dev.atelier.training.dataset.PictureSource;
import dev.atelier.training.dataset.PreferencePair;
import dev.atelier.training.dataset.PreferencePairs;
import dev.atelier.training.dataset.RatedPicture;
import dev.atelier.training.dataset.RatedPictures;
import dev.atelier.training.dataset.SkipReason;
import dev.atelier.training.dataset.SkippedException;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.Checkpoint;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.TrainingLoop;
import dev.atelier.training.lora.DatasetEncoding;
import dev.atelier.training.lora.EncodedExample;
import dev.atelier.training.lora.ExampleEncoder;
import dev.atelier.training.lora.LoraFile;
import dev.atelier.training.lora.LowRankFactors;
import dev.atelier.training.lora.NoisyPass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The stage {@code prefer}: a low-rank adapter learns from votes between pictures by {@link DirectPreference}, or from
 * rated ones by {@link NegativeAware}, and is then merged into a
 * copy of the model's folder. What the model draws is watched; a run whose pictures fall apart ends with the last weights that were in
 * order. Killed at any time, it goes on from its last checkpoint and ends with the same bytes.
 */
public final class PreferenceTrainer {
    public static final String STAGE = "prefer";

    private final PreferenceJob job;
    private final PreferenceSettings settings;
    private final PreferenceListener listener;

    public PreferenceTrainer(PreferenceJob job, PreferenceSettings settings, PreferenceListener listener) {
        this.job = job;
        this.settings = settings;
        this.listener = listener;
    }

    /** What the judgements have become. @param digest names them and what they are made from */
    private record Prepared(Encoded encoded, String digest, int judgements) {}

    /** Makes the objective, on the device's thread with gradients, when the adapter is there. */
    private interface Encoded {
        TuningObjective<?> objective(PreferenceGuard guard);
    }

    /**
     * Trains, and writes adapter and model.
     *
     * @param cancellation ends the run after a step, with a checkpoint
     * @return the folder of the tuned model
     * @throws IllegalArgumentException when settings do not fit the model, the pictures or the run that goes on
     * @throws java.util.concurrent.CancellationException after a cancellation
     */
    public Path train(Cancellation cancellation) {
        LowRankFactors factors = new LowRankFactors(
                settings.tuning().adapter(), settings.tuning().seed());
        try (FineTunableModel model = FineTunableModel.open(job.model(), job.options(), factors)) {
            Prepared prepared = model.call(() -> prepare(model, factors, cancellation));
            return model.callWithGradients(() -> {
                try (factors) {
                    factors.create(model.device());
                    return run(model, factors, prepared, cancellation);
                }
            });
        }
    }

    private Prepared prepare(FineTunableModel model, LowRankFactors factors, Cancellation cancellation)
            throws IOException {
        Path cache = job.run().resolve("encoded");
        Files.createDirectories(cache);
        ExampleEncoder encoder = new ExampleEncoder(model, settings.tuning(), cache);
        NoisyPass pass = new NoisyPass(model, encoder);
        int length = 0;
        for (Feedback.Judgement judgement : job.feedback().judgements()) {
            length = Math.max(length, model.promptLength(judgement.prompt()));
        }
        int tokens = length;
        DatasetEncoding encoding =
                new DatasetEncoding("feedback", job.feedback().skipped(), listener, cancellation);
        return switch (job.feedback()) {
            case PreferencePairs pairs -> {
                List<EncodedPair> encoded = encoding.encode(
                        pairs.judgements(),
                        PreferencePair::name,
                        (pair, i, out) -> out.accept(encode(encoder, pair, i, tokens)));
                yield prepared(
                        encoded,
                        guard -> new PreferenceObjective(factors, pass, encoded, settings, guard, job.guardEvery()));
            }
            case RatedPictures ratings -> {
                List<EncodedRating> encoded = encoding.encode(
                        ratings.judgements(),
                        RatedPicture::name,
                        (rated, i, out) -> out.accept(new EncodedRating(
                                encode(encoder, rated, rated.picture(), i, tokens), ratings.optimality(rated))));
                yield prepared(
                        encoded,
                        guard -> new RatingObjective(factors, pass, encoded, settings, guard, job.guardEvery()));
            }
        };
    }

    private static Prepared prepared(List<? extends EncodedJudgement> encoded, Encoded objective) {
        String identities = encoded.stream().map(EncodedJudgement::identity).collect(Collectors.joining());
        return new Prepared(objective, ExampleEncoder.hash(identities), encoded.size());
    }

    private static EncodedPair encode(ExampleEncoder encoder, PreferencePair vote, int index, int length)
            throws SkippedException {
        EncodedExample winner = encode(encoder, vote, vote.winner(), index, length);
        EncodedExample loser = encode(encoder, vote, vote.loser(), index, length);
        if (!winner.shape().equals(loser.shape())) {
            throw new SkippedException(
                    SkipReason.BAD_ENTRY,
                    "winner and loser are of different shapes: " + shape(winner) + " and " + shape(loser) + " tokens");
        }
        return new EncodedPair(winner, loser);
    }

    private static EncodedExample encode(
            ExampleEncoder encoder, Feedback.Judgement judgement, PictureSource picture, int index, int length)
            throws SkippedException {
        return encoder.encode(
                new CaptionedPicture(picture, judgement.prompt(), judgement.references()), index, 0, length);
    }

    private static String shape(EncodedExample example) {
        return example.shape().target().columns() + "x"
                + example.shape().target().rows();
    }

    private Path run(FineTunableModel model, LowRankFactors factors, Prepared prepared, Cancellation cancellation)
            throws IOException {
        PreferenceGuard guard = new PreferenceGuard(
                model, job.feedback(), settings.tuning().data().resolution(), settings.tolerance(), cancellation);
        Map<String, String> identity = new LinkedHashMap<>(settings.values());
        identity.put("model", model.pipeline().info().name());
        identity.put("feedback", prepared.digest());
        Checkpoint checkpoint = new Checkpoint(job.run(), identity);
        try (TuningObjective<?> objective = prepared.encoded().objective(guard)) {
            Position begin = checkpoint.read();
            guard.begin(); // before the checkpoint's factors are there: what the base draws
            checkpoint.restore(objective.state());
            objective.begin(begin);
            listener.onStart(prepared.judgements(), job.feedback().skipped(), factors.layers(), begin.step());
            try {
                new TrainingLoop(
                                job.run(),
                                new Budget(settings.tuning().steps(), 0),
                                job.checkpointEvery(),
                                checkpoint,
                                listener)
                        .run(begin, objective, cancellation);
            } catch (TuningObjective.Stopped e) {
                listener.onStopped(e.step(), objective.keptStep(), e.getMessage());
            }
            objective.useKept();
            identity.put("kept_step", Long.toString(objective.keptStep()));
            Map<String, String> about = new LinkedHashMap<>();
            identity.forEach((name, value) -> about.put("atelier." + name, value));
            LoraFile.write(job.run().resolve("preference.safetensors"), factors, about);
            return MergedModel.write(job.model(), job.run().resolve("model"), factors);
        }
    }
}
