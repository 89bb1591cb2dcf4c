package dev.atelier.training.pretraining;

import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.training.dataset.Caption;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.loop.Checkpoint;
import dev.atelier.training.loop.LearningRate;
import dev.atelier.training.loop.Objective;
import dev.atelier.training.loop.Position;
import dev.atelier.training.loop.TrainingLog;
import dev.atelier.training.optim.Optimizer;
import dev.atelier.training.recipe.DistillationRecipe;
import dev.atelier.training.recipe.OptimizationRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.recipe.StageRecipe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The stages of a recipe: flow matching on examples of its tasks, with what captions state as a further loss of the text encoder, and
 * distillation to few steps. Made and used on the device's thread with gradients.
 */
final class PretrainingObjective implements Objective, AutoCloseable {
    /** Captions a step from which the text encoder learns what they state; they need no picture. */
    private static final int FACT_CAPTIONS = 48;

    private final Recipe recipe;
    private final int renderThreads;
    private final ExampleSource source;
    private final QwenTokenizer tokenizer;
    private final int vocabulary;
    private final StudentModel model;
    private final BatchBuilder batches;
    private Optimizer optimizer;
    private Distillation distillation; // null unless the stage is one
    private Feeder feeder; // null until the run goes on
    private Position at = Position.START;
    private Consumer<Position> observer = _ -> {};

    /** @param renderThreads workers that make examples */
    PretrainingObjective(
            Recipe recipe,
            int renderThreads,
            ExampleSource source,
            FrozenAutoencoder autoencoder,
            QwenTokenizer tokenizer,
            int vocabulary) {
        this.recipe = recipe;
        this.renderThreads = renderThreads;
        this.source = source;
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        model = new StudentModel(recipe, tokenizer, vocabulary, source.facts());
        batches = new BatchBuilder(recipe, autoencoder, model, recipe.trainingDevice());
    }

    StudentModel model() {
        return model;
    }

    /** Goes on from {@code start}, or begins there. */
    void resume(Position start, Checkpoint checkpoint) {
        at = start;
        OptimizationRecipe o = recipe.optimization();
        optimizer = new Optimizer(
                model.parameters,
                new Optimizer.Settings(o.adamRate(), o.muonRate(), o.weightDecay(), o.clip(), o.emaDecay()));
        if (recipeStage().distil() != null) {
            beginDistillation(recipeStage().distil());
        }
        checkpoint.restore(state());
        optimizer.resumed(distillation == null ? at.step() : at.stageStep());
        if (distillation != null) {
            distillation.publish();
        }
        feeder = new Feeder(source, this::planAhead, at.step(), renderThreads);
    }

    /** @param observer hears where the run stands after each update */
    void after(Consumer<Position> observer) {
        this.observer = observer;
    }

    /** From here on the averaged weights so far are the teacher's, and the student starts from them. */
    private void beginDistillation(DistillationRecipe settings) {
        StudentModel teacher = new StudentModel(recipe, tokenizer, vocabulary, source.facts());
        try (var _ = new NoGradGuard()) {
            model.parameters.values().copy_(optimizer.average());
            teacher.parameters.values().copy_(optimizer.average());
        }
        model.parameters.publish();
        teacher.parameters.publish();
        OptimizationRecipe o = recipe.optimization();
        optimizer.close();
        optimizer =
                new Optimizer(model.parameters, new Optimizer.Settings(settings.rate(), 0, 0, o.clip(), o.emaDecay()));
        distillation = new Distillation(settings, recipe.sampling().shift(), teacher);
    }

    @Override
    public String stage() {
        return recipeStage().name();
    }

    StageRecipe recipeStage() {
        return recipe.stages().get(at.stage());
    }

    @Override
    public Optimizer optimizer() {
        return optimizer;
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(optimizer.state());
        if (distillation != null) {
            state.put("teacher", distillation.teacherValues());
        }
        return state;
    }

    /** Moves on to the stage that {@code used} lies in. */
    @Override
    public Position enter(Position position, double used) {
        int stage = 0;
        while (stage < recipe.stages().size() - 1 && used >= recipe.endOf(stage)) {
            stage++;
        }
        boolean other = stage != position.stage();
        at = other ? position.entering(stage) : position;
        if (other && recipeStage().distil() != null) {
            beginDistillation(recipeStage().distil());
        }
        return at;
    }

    @Override
    public double rate(Position position, double used) {
        OptimizationRecipe o = recipe.optimization();
        if (distillation != null) {
            double end = recipe.endOf(position.stage());
            return new LearningRate(1, 0)
                    .factor(
                            position.stageStep(),
                            1 - (end - used) / recipeStage().share());
        }
        return new LearningRate(o.warmup(), o.decayFrom()).factor(position.step(), used / recipe.trainedShare());
    }

    @Override
    public Update accumulate(Position position) {
        BatchPlan plan = plan(position.step(), position.stageStep());
        List<Feeder.Prepared> prepared = feeder.take(plan);
        BatchLoss loss = Scopes.plain(() -> accumulate(plan, prepared));
        Map<String, Object> details = new LinkedHashMap<>(learnFacts(position.step()));
        details.put("task", plan.task().name().toLowerCase(Locale.ROOT));
        details.put("loss_by_noise", loss.byNoise());
        return new Update(loss.mean(), prepared.size(), details);
    }

    @Override
    public void after(Position position) {
        observer.accept(position);
    }

    @Override
    public double waitedSeconds() {
        return feeder.waitedSeconds();
    }

    /** Adds the gradients of a step's captions where the recipe gives them weight; what is to be logged of it. */
    private Map<String, Object> learnFacts(long step) {
        if (!model.readsFacts() || distillation != null) {
            return Map.of();
        }
        List<Caption> captions = LongStream.range(step * FACT_CAPTIONS, (step + 1) * FACT_CAPTIONS)
                .mapToObj(source::caption)
                .flatMap(Optional::stream)
                .toList();
        if (captions.stream().allMatch(caption -> caption.facts().isEmpty())) {
            return Map.of();
        }
        double weight = recipe.text().factWeight();
        double loss = Scopes.plain(() -> {
            Tensor of = model.factLoss(captions);
            of.mul(new Scalar(weight)).backward();
            model.parameters.collect();
            return of.item_double();
        });
        return Map.of("fact_loss", TrainingLog.round(loss));
    }

    private BatchPlan plan(long step, long stageStep) {
        return BatchPlan.of(recipe, recipeStage(), step, stageStep);
    }

    /** The plan of a later step, should this stage still last then. */
    private BatchPlan planAhead(long step) {
        return plan(step, at.stageStep() + step - at.step());
    }

    /** Forward and backward of one batch, in as many pieces as the recipe says. */
    private BatchLoss accumulate(BatchPlan plan, List<Feeder.Prepared> prepared) {
        FlowMatchingBatch data = batches.of(plan, prepared, feeder);
        FlowMatchingBatch batch =
                distillation == null ? data : distillation.batch(data, model, batches.random(plan.step()));
        int count = prepared.size();
        int pieces = Math.min(recipe.optimization().accumulate(), count);
        float[] losses = new float[count];
        for (int piece = 0; piece < pieces; piece++) {
            int from = piece * count / pieces;
            int examples = (piece + 1) * count / pieces - from;
            Scopes.run(() -> {
                Tensor of = batch.losses(model, from, examples);
                of.sum().div(new Scalar((double) count)).backward();
                model.parameters.collect();
                System.arraycopy(Tensors.toFloats(of.detach()), 0, losses, from, examples);
            });
        }
        return BatchLoss.of(losses, Tensors.toFloats(batch.time()));
    }

    @Override
    public void close() {
        if (feeder != null) {
            feeder.close();
        }
        if (distillation != null) {
            distillation.close();
        }
        if (optimizer != null) {
            optimizer.close();
        }
        model.close();
    }
}
