package dev.atelier.training.preference;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.loop.Objective;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.Seeds;
import dev.atelier.training.loop.TrainingLog;
import dev.atelier.training.lora.BatchSchedule;
import dev.atelier.training.lora.LoraSettings;
import dev.atelier.training.lora.LowRankFactors;
import dev.atelier.training.optim.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What preference tuning has in common whatever it learns from: batches, optimiser, and the guard, which looks at what the model draws.
 * On the device's thread with gradients.
 *
 * @param <E> what a batch consists of
 */
abstract sealed class TuningObjective<E extends EncodedJudgement> implements Objective, AutoCloseable
        permits PreferenceObjective, RatingObjective {
    private static final double BETA2 = 0.99;

    private final LowRankFactors factors;
    private final LoraSettings tuning;
    private final PreferenceGuard guard;
    private final int guardEvery;
    private final BatchSchedule<E> schedule;
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

    /**
     * What a batch taught.
     *
     * @param losses (B), with gradients
     * @param margins (B), above 0 where the model has moved, against its start, to where the judgement points
     */
    record Learnt(Tensor losses, Tensor margins) {}

    TuningObjective(
            LowRankFactors factors, List<E> judgements, LoraSettings tuning, PreferenceGuard guard, int guardEvery) {
        this.factors = factors;
        this.tuning = tuning;
        this.guard = guard;
        this.guardEvery = guardEvery;
        LoraSettings.Optimization o = tuning.optimization();
        schedule = new BatchSchedule<>(judgements, EncodedJudgement::shape, o.batch(), tuning.seed());
        optimizer = new Optimizer(
                factors, new Optimizer.Settings(o.learningRate(), 0, o.weightDecay(), o.clip(), 0, BETA2));
        try (var _ = new NoGradGuard()) {
            kept = Scopes.owned(() -> factors.values().clone());
            keptStep = Scopes.owned(() -> Tensors.of(new float[] {0}, 1));
        }
    }

    /** Losses and margins of {@code batch}, tensors of the innermost scope. */
    abstract Learnt learn(List<E> batch, SplittableRandom random);

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
        return tuning.optimization().rate(at.step(), tuning.steps());
    }

    /** Sums over judgements. */
    private record Sums(double loss, double preferred, double margin) {
        Sums plus(Sums other) {
            return new Sums(loss + other.loss, preferred + other.preferred, margin + other.margin);
        }
    }

    @Override
    public Update accumulate(Position at) {
        int count = tuning.optimization().accumulate();
        List<List<E>> batches = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            batches.add(schedule.batch(at.step() * count + k));
        }
        long all = batches.stream().mapToLong(List::size).sum();
        Sums sums = new Sums(0, 0, 0);
        for (int k = 0; k < count; k++) {
            List<E> batch = batches.get(k);
            long number = at.step() * count + k;
            sums = sums.plus(Scopes.plain(() -> backward(batch, number, all)));
        }
        return new Update(
                sums.loss() / all,
                all,
                Map.of(
                        "preferred", TrainingLog.round(sums.preferred() / all),
                        "margin", TrainingLog.round(sums.margin() / all)));
    }

    private Sums backward(List<E> batch, long number, long all) {
        Learnt learnt = learn(batch, Seeds.NOISE.random(tuning.seed(), number));
        Tensor loss = learnt.losses().sum();
        loss.div(new Scalar((double) all)).backward();
        double preferred = 0;
        double margin = 0;
        for (float m : Tensors.toFloats(learnt.margins().detach())) {
            preferred += m > 0 ? 1 : 0;
            margin += m;
        }
        return new Sums(loss.item_double(), preferred, margin);
    }

    @Override
    public void after(Position at) {
        if (at.step() % guardEvery != 0 && at.step() != tuning.steps()) {
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
