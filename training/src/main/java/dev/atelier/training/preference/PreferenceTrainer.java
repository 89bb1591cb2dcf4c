package dev.atelier.training.preference;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.pipeline.Cancellation;
import dev.atelier.training.dataset.CaptionedPicture;
import dev.atelier.training.dataset.PreferencePair;
import dev.atelier.training.dataset.SkipReason;
import dev.atelier.training.dataset.SkippedException;
import dev.atelier.training.loop.Budget;
import dev.atelier.training.loop.Checkpoint;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.TrainingLoop;
import dev.atelier.training.lora.EncodedExample;
import dev.atelier.training.lora.ExampleEncoder;
import dev.atelier.training.lora.LoraFile;
import dev.atelier.training.lora.LowRankFactors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stage {@code prefer}: a low-rank adapter learns from votes between pictures by {@link DirectPreference} and is then merged into a
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

    /** The encoded pairs. @param digest names them and what they are made from */
    record Prepared(ExampleEncoder encoder, List<EncodedPair> pairs, String digest) {}

    /**
     * Trains, and writes adapter and model.
     *
     * @param cancellation ends the run after a step, with a checkpoint
     * @return the folder of the tuned model
     * @throws IllegalArgumentException when settings do not fit the model, the pairs or the run that goes on
     * @throws java.util.concurrent.CancellationException after a cancellation
     */
    public Path train(Cancellation cancellation) {
        LowRankFactors factors = new LowRankFactors(
                settings.tuning().adapter(), settings.tuning().seed());
        try (FineTunableModel model = FineTunableModel.open(job.model(), job.options(), factors)) {
            Prepared prepared = model.call(() -> prepare(model, cancellation));
            return model.callWithGradients(() -> {
                try (factors) {
                    factors.create(model.device());
                    return run(model, factors, prepared, cancellation);
                }
            });
        }
    }

    private Prepared prepare(FineTunableModel model, Cancellation cancellation) throws IOException {
        Path cache = job.run().resolve("encoded");
        Files.createDirectories(cache);
        ExampleEncoder encoder = new ExampleEncoder(model, settings.tuning(), cache);
        List<PreferencePair> votes = job.pairs().pairs();
        int length = 0;
        for (PreferencePair vote : votes) {
            length = Math.max(length, model.promptLength(vote.prompt()));
        }
        List<EncodedPair> pairs = new ArrayList<>();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < votes.size(); i++) {
            try {
                EncodedPair pair = encode(encoder, votes.get(i), i, length);
                pairs.add(pair);
                names.append(pair.winner().latents().getFileName())
                        .append(pair.loser().latents().getFileName())
                        .append(pair.winner().prompt().getFileName());
            } catch (SkippedException e) {
                job.pairs().skipped().add(votes.get(i).name(), e);
            }
            listener.onEncoded(i + 1, votes.size());
            cancellation.check();
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("pairs: none can be used; left out: "
                    + String.join("; ", job.pairs().skipped().lines()));
        }
        return new Prepared(encoder, pairs, ExampleEncoder.hash(names.toString()));
    }

    private static EncodedPair encode(ExampleEncoder encoder, PreferencePair vote, int index, int length)
            throws SkippedException {
        EncodedExample winner =
                encoder.encode(new CaptionedPicture(vote.winner(), vote.prompt(), vote.references()), index, 0, length);
        EncodedExample loser =
                encoder.encode(new CaptionedPicture(vote.loser(), vote.prompt(), vote.references()), index, 0, length);
        if (!winner.shape().equals(loser.shape())) {
            throw new SkippedException(
                    SkipReason.BAD_ENTRY,
                    "winner and loser are of different shapes: " + shape(winner) + " and " + shape(loser) + " tokens");
        }
        return new EncodedPair(winner, loser);
    }

    private static String shape(EncodedExample example) {
        return example.shape().target().columns() + "x"
                + example.shape().target().rows();
    }

    private Path run(FineTunableModel model, LowRankFactors factors, Prepared prepared, Cancellation cancellation)
            throws IOException {
        PreferenceGuard guard = new PreferenceGuard(
                model, job.pairs().pairs(), settings.tuning().data().resolution(), settings.tolerance(), cancellation);
        Map<String, String> identity = new LinkedHashMap<>(settings.values());
        identity.put("model", model.pipeline().info().name());
        identity.put("pairs", prepared.digest());
        Checkpoint checkpoint = new Checkpoint(job.run(), identity);
        try (PreferenceObjective objective =
                new PreferenceObjective(model, factors, prepared, settings, guard, job.guardEvery())) {
            Position begin = checkpoint.read();
            guard.begin(); // before the checkpoint's factors are there: what the base draws
            checkpoint.restore(objective.state());
            objective.begin(begin);
            listener.onStart(prepared.pairs().size(), job.pairs().skipped(), factors.layers(), begin.step());
            try {
                new TrainingLoop(
                                job.run(),
                                new Budget(settings.tuning().steps(), 0),
                                job.checkpointEvery(),
                                checkpoint,
                                listener)
                        .run(begin, objective, cancellation);
            } catch (PreferenceObjective.Stopped e) {
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
