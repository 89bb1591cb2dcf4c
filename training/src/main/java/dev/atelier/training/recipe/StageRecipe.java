package dev.atelier.training.recipe;

import dev.atelier.training.dataset.Task;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A part of the run.
 *
 * @param share of the run's time or steps
 * @param size pixels a side
 * @param batch examples a step; tasks with references take half
 * @param tasks relative frequency of each task
 * @param pool distinct examples of a task that are drawn from before it grows
 * @param fresh new examples a step
 * @param distil makes this stage a distillation of what was trained before it; left out: it is none
 */
public record StageRecipe(
        String name,
        double share,
        int size,
        int batch,
        Map<Task, Double> tasks,
        int pool,
        int fresh,
        DistillationRecipe distil) {
    public StageRecipe {
        String stage = "stages: " + name + ": ";
        Bounds.between(stage + "share", share, 0, 1);
        Bounds.atLeast(stage + "size", size, 1);
        Bounds.atLeast(stage + "batch", batch, 1);
        Bounds.atLeast(stage + "pool", pool, 1);
        Bounds.between(stage + "fresh", fresh, 0, batch);
        Bounds.present(stage + "tasks", tasks);
        tasks = Map.copyOf(tasks);
        Bounds.above(
                stage + "tasks: sum of frequencies",
                tasks.values().stream().mapToDouble(Double::doubleValue).sum(),
                0);
    }

    StageRecipe only(Set<Task> some) {
        Map<Task, Double> kept = new EnumMap<>(Task.class);
        tasks.forEach((task, frequency) -> {
            if (some.contains(task)) {
                kept.put(task, frequency);
            }
        });
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("stages: " + name + ": tasks: " + new TreeSet<>(tasks.keySet())
                    + "; the data has examples of " + new TreeSet<>(some) + " only");
        }
        return new StageRecipe(name, share, size, batch, kept, pool, fresh, distil);
    }

    StageRecipe withShare(double other) {
        return new StageRecipe(name, other, size, batch, tasks, pool, fresh, distil);
    }

    /** How a model of this stage samples, in a recipe whose models sample as {@code base} says. */
    public SamplingRecipe sampling(SamplingRecipe base) {
        return distil == null ? base : new SamplingRecipe(distil.steps(), 1, base.shift(), base.size(), base.prompts());
    }
}
