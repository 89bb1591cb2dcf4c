package dev.atelier.training.preference;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.loop.Objective;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.Seeds;
import dev.atelier.training.loop.TrainingLog;
import dev.atelier.training.lora.BatchSchedule;
import dev.atelier.training.lora.EncodedExample;
import dev.atelier.training.lora.LoraSettings;
import dev.atelier.training.lora.LowRankFactors;
import dev.atelier.training.lora.NoisyPass;
import dev.atelier.training.optim.Optimizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What preference tuning minimises, on the device's thread with gradients. */
final class PreferenceObjective implements Objective, AutoCloseable {
    private static final double BETA2 = 0.99;

    private final LowRankFactors factors;
    private final PreferenceSettings settings;
    private final PreferenceGuard guard;
    private final int guardEvery;
    private final BatchSchedule<EncodedPair> schedule;
    private final NoisyPass pass;
    private final Optimizer optimizer;
    private final Tensor kept; // the factors of the last step whose pictures were in order
    private final Tensor keptStep; // (1)

    /** Ends a run whose pictures fall apart. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long step;

        Stopped(long step, String fault) {
            super(fault);
            this.step = step;
        }

        long step() {
            return step;
        }
    }

    PreferenceObjective(
            FineTunableModel model,
            LowRankFactors factors,
            PreferenceTrainer.Prepared prepared,
            PreferenceSettings settings,
            PreferenceGuard guard,
            int guardEvery) {
        this.factors = factors;
        this.settings = settings;
        this.guard = guard;
        this.guardEvery = guardEvery;
        LoraSettings.Optimization o = settings.tuning().optimization();
        schedule = new BatchSchedule<>(
                prepared.pairs(),
                EncodedPair::shape,
                o.batch(),
                settings.tuning().seed());
        pass = new NoisyPass(model, prepared.encoder());
        optimizer = new Optimizer(
                factors, new Optimizer.Settings(o.learningRate(), 0, o.weightDecay(), o.clip(), 0, BETA2));
        try (var _ = new NoGradGuard()) {
            kept = Scopes.owned(() -> factors.values().clone());
            keptStep = Scopes.owned(() -> Tensors.of(new float[] {0}, 1));
        }
    }

    void begin(Position start) {
        optimizer.resumed(start.step());
    }

    @Override
    public String stage() {
        return PreferenceTrainer.STAGE;
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(optimizer.state());
        state.put("kept", kept);
        state.put("kept_step", keptStep);
        return state;
    }

    @Override
    public double rate(Position at, double used) {
        return settings.tuning()
                .optimization()
                .rate(at.step(), settings.tuning().steps());
    }

    @Override
    public Update accumulate(Position at) {
        int count = settings.tuning().optimization().accumulate();
        List<List<EncodedPair>> batches = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            batches.add(schedule.batch(at.step() * count + k));
        }
        long all = batches.stream().mapToLong(List::size).sum();
        Learnt sum = new Learnt(0, 0, 0);
        for (int k = 0; k < count; k++) {
            List<EncodedPair> batch = batches.get(k);
            long number = at.step() * count + k;
            sum = sum.plus(Scopes.plain(() -> backward(batch, number, all)));
        }
        return new Update(
                sum.loss() / all,
                all,
                Map.of(
                        "preferred", TrainingLog.round(sum.preferred() / all),
                        "margin", TrainingLog.round(sum.margin() / all)));
    }

    /**
     * Sums over pairs.
     *
     * @param preferred pairs whose winner the model knows better by now than its loser, against its start
     */
    private record Learnt(double loss, double preferred, double margin) {
        Learnt plus(Learnt other) {
            return new Learnt(loss + other.loss, preferred + other.preferred, margin + other.margin);
        }
    }

    private Learnt backward(List<EncodedPair> batch, long number, long all) {
        SplittableRandom random = Seeds.NOISE.random(settings.tuning().seed(), number);
        List<EncodedExample> winners = examples(batch, EncodedPair::winner);
        List<EncodedExample> losers = examples(batch, EncodedPair::loser);
        List<Path> prompts = winners.stream().map(EncodedExample::prompt).toList();
        NoisyPass.Noise noise = pass.noise(winners, random);
        DirectPreference.Errors start = factors.without(() -> {
            try (var _ = new NoGradGuard()) {
                return new DirectPreference.Errors(
                        pass.errors(winners, prompts, noise), pass.errors(losers, prompts, noise));
            }
        });
        DirectPreference.Errors tuned =
                new DirectPreference.Errors(pass.errors(winners, prompts, noise), pass.errors(losers, prompts, noise));
        Tensor loss = DirectPreference.losses(tuned, start, settings.beta()).sum();
        loss.div(new Scalar((double) all)).backward();
        float[] margins =
                Tensors.toFloats(DirectPreference.margins(tuned, start).detach());
        double preferred = 0;
        double margin = 0;
        for (float m : margins) {
            preferred += m > 0 ? 1 : 0;
            margin += m;
        }
        return new Learnt(loss.item_double(), preferred, margin);
    }

    private static List<EncodedExample> examples(List<EncodedPair> pairs, Function<EncodedPair, EncodedExample> which) {
        return pairs.stream().map(which).toList();
    }

    @Override
    public void after(Position at) {
        if (at.step() % guardEvery != 0 && at.step() != settings.tuning().steps()) {
            return;
        }
        Optional<String> fault = guard.fault();
        if (fault.isPresent()) {
            throw new Stopped(at.step(), fault.get());
        }
        try (var _ = new NoGradGuard()) {
            kept.copy_(factors.values());
            keptStep.fill_(new Scalar((double) at.step()));
        }
    }

    long keptStep() {
        return (long) Scopes.plain(() -> Tensors.toFloats(keptStep)[0]).floatValue();
    }

    /** Goes back to the last factors whose pictures were in order. */
    void useKept() {
        try (var _ = new NoGradGuard()) {
            factors.values().copy_(kept);
        }
    }

    @Override
    public void close() {
        optimizer.close();
        kept.close();
        keptStep.close();
    }
}
