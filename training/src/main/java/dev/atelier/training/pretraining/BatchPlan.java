package dev.atelier.training.pretraining;

import dev.atelier.training.dataset.Task;
import dev.atelier.training.loop.Seeds;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.recipe.StageRecipe;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What one step trains on, a function of the recipe's seed and the step alone: so a run that was killed draws the same examples
 * when it goes on.
 *
 * @param references of every example
 * @param indices one an example, into the supply of this task
 * @param promptSeeds one an example: how it is worded; below 0: trained without words
 */
record BatchPlan(long step, Task task, int references, int size, long[] indices, long[] promptSeeds) {
    /** @param stageStep steps of this stage before this one */
    static BatchPlan of(Recipe recipe, StageRecipe stage, long step, long stageStep) {
        SplittableRandom random = Seeds.PLAN.random(recipe.seed(), step);
        Task task = task(stage.tasks(), random.nextDouble());
        int references = task.references(random.nextInt(2));
        int count = Math.max(1, references == 0 ? stage.batch() : stage.batch() / 2);
        long known = stage.pool() + stageStep * stage.fresh();
        long[] indices = new long[count];
        long[] promptSeeds = new long[count];
        for (int i = 0; i < count; i++) {
            indices[i] = i < stage.fresh() ? known + i : random.nextLong(known);
            promptSeeds[i] =
                    random.nextDouble() < recipe.optimization().promptDropout() ? -1 : random.nextLong(Long.MAX_VALUE);
        }
        return new BatchPlan(step, task, references, stage.size(), indices, promptSeeds);
    }

    /** Whether both ask for the same examples (records compare arrays by identity). */
    boolean samePlan(BatchPlan other) {
        return step == other.step
                && task == other.task
                && references == other.references
                && size == other.size
                && Arrays.equals(indices, other.indices);
    }

    private static Task task(Map<Task, Double> shares, double at) {
        double total = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        double left = at * total;
        Task last = null;
        for (Task task : Task.values()) {
            double share = shares.getOrDefault(task, 0.0);
            if (share > 0) {
                last = task;
                left -= share;
                if (left < 0) {
                    return task;
                }
            }
        }
        return last;
    }
}
