package dev.atelier.training.pretraining;

import dev.atelier.engine.dit.ReferenceCache;
import dev.atelier.engine.sampling.EulerSolver;
import dev.atelier.engine.sampling.FlowMatchSchedule;
import dev.atelier.engine.sampling.Noise;
import dev.atelier.engine.sampling.SchedulerConfig;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.training.recipe.DistillationRecipe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Teaches a model to do in few steps without guidance what its teacher does in more steps with it. At one level of the short
 * schedule the teacher walks to the next one in several guided steps; the student learns the clean latents that would lead there in
 * a single step. Half of the batches start where the student's own steps have led, so that it learns to go on from its own errors.
 * Source: progressive distillation (Salimans and Ho 2022) on the student's trajectory (pi-Flow, Chen et al. 2025).
 */
final class Distillation implements AutoCloseable {
    private final DistillationRecipe settings;
    private final StudentModel teacher;
    private final List<Double> levels; // steps + 1 noise levels of the short schedule, the last is 0

    /**
     * @param shift of the noise levels
     * @param teacher owned; frozen at the weights that the student starts from
     */
    Distillation(DistillationRecipe settings, double shift, StudentModel teacher) {
        this.settings = settings;
        this.teacher = teacher;
        SchedulerConfig scheduler = new SchedulerConfig(false, shift, false, true);
        levels = FlowMatchSchedule.of(scheduler, settings.steps(), 0).sigmas();
    }

    /** The teacher's weights (count). */
    Tensor teacherValues() {
        return teacher.parameters.values();
    }

    /** Makes {@link #teacherValues} what the teacher computes with; call after a change of them. */
    void publish() {
        teacher.parameters.publish();
    }

    /**
     * The examples of {@code data} with what the student is to predict, and from where, in the place of clean and noisy latents.
     * Noise comes from libtorch's generator.
     */
    FlowMatchingBatch batch(FlowMatchingBatch data, StudentModel student, SplittableRandom random) {
        try (var _ = new NoGradGuard()) {
            Tensor noise = Noise.limited(torch.randn_like(data.clean())); // what generation starts from
            int step = random.nextInt(settings.steps());
            boolean own = random.nextBoolean();
            double from = levels.get(step);
            Tensor start = own ? walked(student, data, noise, step) : mixed(data.clean(), noise, from);
            Tensor end = guided(data, start, from, levels.get(step + 1));
            // One Euler step to the end has velocity (start - end) / (from - to); its clean latents are start - from *
            // velocity.
            Tensor velocity = start.sub(end).div(new Scalar(from - levels.get(step + 1)));
            Tensor clean = start.sub(velocity.mul(new Scalar(from)));
            return new FlowMatchingBatch(
                    clean,
                    start,
                    torch.full_like(data.time(), new Scalar(from)),
                    data.weight(),
                    data.references(),
                    data.prompts(),
                    data.side());
        }
    }

    private static Tensor mixed(Tensor clean, Tensor noise, double level) {
        return clean.mul(new Scalar(1 - level)).add_(noise.mul(new Scalar(level)));
    }

    /** Where {@code steps} of the student's own steps lead from {@code noise}. */
    private Tensor walked(StudentModel student, FlowMatchingBatch data, Tensor noise, int steps) {
        return Scopes.scoped(() -> {
            Tensor embeds = student.embed(data.prompts(), 0, data.count());
            ReferenceCache cache = student.extract(data.references(), data.side());
            return solve(
                    noise,
                    levels.subList(0, steps + 1),
                    (x, sigma) -> student.predict(x, embeds, level(data, sigma), cache, data.side()));
        });
    }

    /** Where the teacher's guided steps lead from {@code start} at noise level {@code from}. */
    private Tensor guided(FlowMatchingBatch data, Tensor start, double from, double to) {
        return Scopes.scoped(() -> {
            int count = data.count();
            Tensor worded = teacher.embed(data.prompts(), 0, count);
            Tensor wordless = teacher.embed(teacher.tokenize(Collections.nCopies(count, "")), 0, count);
            ReferenceCache cache = teacher.extract(data.references(), data.side());
            List<Double> between = new ArrayList<>();
            for (int i = 0; i <= settings.substeps(); i++) {
                between.add(from + (to - from) * i / settings.substeps());
            }
            return solve(start, between, (x, sigma) -> {
                Tensor time = level(data, sigma);
                Tensor with = teacher.predict(x, worded, time, cache, data.side());
                Tensor without = teacher.predict(x, wordless, time, cache, data.side());
                return without.add(with.sub(without), new Scalar(settings.guidance()));
            });
        });
    }

    private static Tensor level(FlowMatchingBatch data, double level) {
        return torch.full_like(data.time(), new Scalar(level));
    }

    /** @param predicted clean latents at a noise level, where a velocity is wanted */
    private static Tensor solve(Tensor start, List<Double> sigmas, EulerSolver.Velocity predicted) {
        return EulerSolver.solve(
                start,
                sigmas,
                (x, sigma) -> EulerSolver.velocity(x, predicted.at(x, sigma), sigma),
                EulerSolver.Constraint.NONE,
                EulerSolver.Observer.NONE);
    }

    @Override
    public void close() {
        teacher.close();
    }
}
