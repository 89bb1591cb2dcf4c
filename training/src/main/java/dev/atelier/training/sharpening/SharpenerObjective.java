package dev.atelier.training.sharpening;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.sampling.RelayPath;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.loop.LearningRate;
import dev.atelier.training.loop.Objective;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.Seeds;
import dev.atelier.training.optim.Optimizer;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.recipe.SharpenerRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What the sharpener minimises: the error of the sharp latents that it predicts of windows along the {@link RelayPath}, over the noise
 * level. Used on the device's thread with gradients.
 */
final class SharpenerObjective implements Objective {
    /** Share of windows at the level where sampling begins. */
    private static final double AT_START = 0.3;

    /** Errors at lower levels count as those at this one: little is left to predict there. */
    private static final double LEAST_LEVEL = 0.15;

    private static final int AHEAD = 3;

    private final Recipe recipe;
    private final SharpenerRecipe settings;
    private final FineTunableModel base;
    private final SharpenerModel model;
    private final SharpenerExamples examples;
    private final Optimizer optimizer;
    private final RelayPath path;
    private final LearningRate schedule;

    SharpenerObjective(
            Recipe recipe,
            FineTunableModel base,
            SharpenerModel model,
            SharpenerExamples examples,
            Optimizer optimizer) {
        this.recipe = recipe;
        settings = recipe.sharpener();
        this.base = base;
        this.model = model;
        this.examples = examples;
        this.optimizer = optimizer;
        path = new RelayPath(settings.noise());
        schedule = new LearningRate(
                recipe.optimization().warmup(), recipe.optimization().decayFrom());
    }

    @Override
    public String stage() {
        return SharpenerTrainer.STAGE;
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public double rate(Position at, double used) {
        return schedule.factor(at.step(), used);
    }

    @Override
    public double waitedSeconds() {
        return examples.waitedSeconds();
    }

    @Override
    public Update accumulate(Position at) {
        for (long step = at.step(); step < at.step() + AHEAD; step++) {
            examples.prepare(keys(step));
        }
        List<SharpenerExamples.Key> keys = keys(at.step());
        List<SharpenerExamples.Encoded> pictures = new ArrayList<>();
        try (var _ = new NoGradGuard()) {
            keys.forEach(key -> pictures.add(examples.get(key)));
        }
        double loss = Scopes.plain(() -> backward(pictures, at.step()));
        return new Update(
                loss,
                (long) pictures.size() * settings.windows(),
                Map.of("task", keys.getFirst().task().name().toLowerCase(Locale.ROOT)));
    }

    /** The pictures of a step: some that were never seen before, the others drawn from the latest. */
    private List<SharpenerExamples.Key> keys(long step) {
        SplittableRandom random = Seeds.PLAN.random(recipe.seed(), step);
        double chance = random.nextDouble() - settings.editShare();
        Task task = chance < 0 ? Task.EDIT : chance < settings.glyphShare() ? Task.GLYPH : Task.TEXT_TO_IMAGE;
        long known = settings.pool() + step * settings.fresh();
        List<SharpenerExamples.Key> out = new ArrayList<>();
        for (int i = 0; i < settings.renders(); i++) {
            long index = i < settings.fresh() ? known + i : random.nextLong(known - settings.pool(), known);
            out.add(new SharpenerExamples.Key(task, index));
        }
        return out;
    }

    private double backward(List<SharpenerExamples.Encoded> pictures, long step) {
        SplittableRandom random = Seeds.NOISE.random(recipe.seed(), step);
        List<Tensor> sharp = new ArrayList<>();
        List<Tensor> coarse = new ArrayList<>();
        List<List<Tensor>> references = new ArrayList<>();
        pictures.getFirst().references().forEach(_ -> references.add(new ArrayList<>()));
        for (SharpenerExamples.Encoded picture : pictures) {
            for (int i = 0; i < settings.windows(); i++) {
                int places = (int) picture.sharp().size(2) - settings.window() + 1;
                int top = random.nextInt(places);
                int left = random.nextInt(places);
                sharp.add(window(picture.sharp(), top, left));
                coarse.add(window(picture.coarse(), top, left));
                for (int r = 0; r < references.size(); r++) {
                    references.get(r).add(window(picture.references().get(r), top, left));
                }
            }
        }
        Tensor x = Tensors.cat(0, sharp);
        Tensor u = Tensors.cat(0, coarse);
        torch.manual_seed(random.nextLong());
        Tensor time = Tensors.to(times(random, sharp.size()), base.device());
        Tensor state = path.state(x, u, torch.randn_like(x), time);
        Tensor predicted = model.predict(
                state,
                u,
                references.stream().map(windows -> Tensors.cat(0, windows)).toList(),
                embeds(pictures, random),
                time);
        Tensor error =
                predicted.sub(x).div(time.clamp_min(new Scalar(LEAST_LEVEL)).view(-1, 1, 1, 1));
        Tensor loss = error.mul(error).mean();
        loss.backward();
        model.parameters.collect();
        return loss.item_double();
    }

    private Tensor window(Tensor latents, int top, int left) {
        return Tensors.to(latents.narrow(2, top, settings.window()).narrow(3, left, settings.window()), DType.F32);
    }

    private Tensor times(SplittableRandom random, int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) (random.nextDouble() < AT_START ? settings.noise() : random.nextDouble(settings.noise()));
        }
        return Tensors.of(out, count);
    }

    /** (B, L, J): each picture's prompt for all of its windows, some without words. */
    private Tensor embeds(List<SharpenerExamples.Encoded> pictures, SplittableRandom random) {
        List<String> prompts = new ArrayList<>();
        int length = 1;
        for (SharpenerExamples.Encoded picture : pictures) {
            boolean wordless = random.nextDouble() < recipe.optimization().promptDropout();
            prompts.add(wordless ? "" : picture.prompt());
            length = Math.max(length, base.promptLength(prompts.getLast()));
        }
        List<Tensor> out = new ArrayList<>();
        try (var _ = new NoGradGuard()) {
            for (String prompt : prompts) {
                // Kept by the model for the next prompts only, so each is copied.
                Tensor embed = base.embed(prompt, length).clone();
                out.add(embed.expand(settings.windows(), length, embed.size(2)));
            }
        }
        return Tensors.cat(0, out);
    }
}
