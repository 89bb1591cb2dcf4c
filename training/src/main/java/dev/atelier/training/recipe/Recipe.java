package dev.atelier.training.recipe;

import dev.atelier.engine.reason.Reasons;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.world.WorldConfig;
import dev.atelier.training.world.scene.Family;
import dev.atelier.training.world.scene.Style;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A training run from nothing: what is built, from which data, in which stages. Unknown keys are errors.
 *
 * @param name also the model's name
 * @param seed of weights, data and noise
 * @param world what is drawn
 * @param device that trains: {@code cpu} (also when left out) or {@code cuda:N}
 * @param sharpener that a run of the stage {@code sharpener} trains; left out: none
 */
public record Recipe(
        String name,
        long seed,
        Scenery world,
        AutoencoderRecipe autoencoder,
        Text text,
        Transformer transformer,
        Optimization optimization,
        List<Stage> stages,
        Sampling sampling,
        String device,
        SharpenerRecipe sharpener) {

    /** A recipe without a sharpener. */
    public Recipe(
            String name,
            long seed,
            Scenery world,
            AutoencoderRecipe autoencoder,
            Text text,
            Transformer transformer,
            Optimization optimization,
            List<Stage> stages,
            Sampling sampling,
            String device) {
        this(name, seed, world, autoencoder, text, transformer, optimization, stages, sampling, device, null);
    }

    /**
     * What the procedural world holds, as {@link WorldConfig} has it; caption forms and held-out combinations are the world's own.
     *
     * @param families relative frequency of each family
     * @param styles relative frequency of each style
     * @param chineseShare share of captions in Chinese, 0 to 1
     * @param maxThings most things on a stage
     */
    public record Scenery(Map<Family, Double> families, Map<Style, Double> styles, double chineseShare, int maxThings) {
        public WorldConfig config() {
            WorldConfig base = WorldConfig.simple();
            return new WorldConfig(
                    families, styles, base.captionForms(), chineseShare, Set.of(), maxThings, base.heldOut());
        }
    }

    /**
     * The Qwen3-shaped text encoder and its vocabulary.
     *
     * @param outLayers layers whose outputs, side by side, are the prompt embedding
     * @param maxLength tokens of a prompt at most
     * @param texts captions that the vocabulary is learnt from
     * @param factWeight of the loss by which the encoder learns to tell the facts that captions of the world state; left out: 0, it learns
     *     from pictures alone
     */
    public record Text(
            int vocabulary,
            int texts,
            int hidden,
            int intermediate,
            int layers,
            int heads,
            int keyValueHeads,
            int headDim,
            List<Integer> outLayers,
            int maxLength,
            Double factWeight) {
        public Text {
            factWeight = factWeight == null ? 0 : factWeight;
            Bounds.atLeast("text.fact_weight", factWeight, 0);
            // 256 bytes and the special tokens are always there.
            Bounds.atLeast("text.vocabulary", vocabulary, 300);
            Bounds.atLeast("text.texts", texts, 1);
            Bounds.atLeast("text.hidden", hidden, 1);
            Bounds.atLeast("text.intermediate", intermediate, 1);
            Bounds.atLeast("text.layers", layers, 1);
            Bounds.atLeast("text.key_value_heads", keyValueHeads, 1);
            Bounds.atLeast("text.heads", heads, keyValueHeads);
            Bounds.atLeast("text.head_dim", headDim, 2);
            Bounds.present("text.out_layers", outLayers);
            outLayers = List.copyOf(outLayers);
            Bounds.atLeast("text.out_layers: how many", outLayers.size(), 1);
            outLayers.forEach(layer -> Bounds.between("text.out_layers", layer, 0, layers));
            Bounds.atLeast("text.max_length", maxLength, 1);
        }
    }

    /** The FLUX.2 transformer. @param axes numbers of each head turned by each position axis; their sum is the head's width */
    public record Transformer(int doubleBlocks, int singleBlocks, int heads, List<Integer> axes, double mlpRatio) {
        public Transformer {
            Bounds.atLeast("transformer.double_blocks", doubleBlocks, 1);
            Bounds.atLeast("transformer.single_blocks", singleBlocks, 1);
            Bounds.atLeast("transformer.heads", heads, 1);
            Bounds.above("transformer.mlp_ratio", mlpRatio, 0);
            Bounds.present("transformer.axes", axes);
            axes = List.copyOf(axes);
            Bounds.between("transformer.axes: how many", axes.size(), 4, 4);
            for (int axis : axes) {
                Bounds.atLeast("transformer.axes", axis, 2);
                if (axis % 2 != 0) {
                    throw new IllegalArgumentException("transformer.axes: " + axis + "; an even number expected");
                }
            }
        }

        public int headDim() {
            return axes.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * @param adamRate of embeddings, modulation, inputs, outputs and norms
     * @param muonRate of the blocks' matrices; 0: AdamW there too
     * @param warmup steps of rising rates
     * @param decayFrom share of the run after which rates fall linearly to a twentieth
     * @param promptDropout share of examples trained without their words, for classifier-free guidance
     * @param timeShift of the logit-normal noise levels: {@code t' = s t / (1 + (s - 1) t)}
     * @param precision of the layers; weights, their moving average and the optimiser are always fp32
     * @param accumulate equal pieces in which a batch is computed, their gradients added up: the update is the same, the memory that
     *     much less; left out: 1
     */
    public record Optimization(
            double adamRate,
            double muonRate,
            double weightDecay,
            double clip,
            double emaDecay,
            int warmup,
            double decayFrom,
            double promptDropout,
            double timeShift,
            Precision precision,
            Integer accumulate) {
        public Optimization {
            accumulate = accumulate == null ? 1 : accumulate;
            Bounds.above("optimization.adam_rate", adamRate, 0);
            Bounds.atLeast("optimization.muon_rate", muonRate, 0);
            Bounds.atLeast("optimization.weight_decay", weightDecay, 0);
            Bounds.above("optimization.clip", clip, 0);
            Bounds.between("optimization.ema_decay", emaDecay, 0, 1);
            Bounds.atLeast("optimization.warmup", warmup, 1);
            Bounds.between("optimization.decay_from", decayFrom, 0, 1);
            Bounds.between("optimization.prompt_dropout", promptDropout, 0, 1);
            Bounds.above("optimization.time_shift", timeShift, 0);
            Bounds.present("optimization.precision", precision);
            Bounds.atLeast("optimization.accumulate", accumulate, 1);
        }
    }

    /** The numbers that layers compute in. */
    public enum Precision {
        FP32(DType.F32),
        BF16(DType.BF16);

        private final DType type;

        Precision(DType type) {
            this.type = type;
        }

        public DType type() {
            return type;
        }
    }

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
    public record Stage(
            String name,
            double share,
            int size,
            int batch,
            Map<Task, Double> tasks,
            int pool,
            int fresh,
            Distillation distil) {
        public Stage {
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

        private Stage only(Set<Task> some) {
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
            return new Stage(name, share, size, batch, kept, pool, fresh, distil);
        }

        /** How a model of this stage samples, in a recipe whose models sample as {@code base} says. */
        public Sampling sampling(Sampling base) {
            return distil == null ? base : new Sampling(distil.steps(), 1, base.shift(), base.size(), base.prompts());
        }
    }

    /**
     * Learning to sample in few steps without guidance, from the model as it was at the stage's beginning.
     *
     * @param steps of the student's schedule, whose noise levels are shifted as the sampling's
     * @param substeps of the teacher for each of them
     * @param guidance of the teacher
     * @param rate AdamW's learning rate, falling linearly over the stage
     */
    public record Distillation(int steps, int substeps, double guidance, double rate) {
        public Distillation {
            Bounds.atLeast("stages: distil: steps", steps, 1);
            Bounds.atLeast("stages: distil: substeps", substeps, 1);
            Bounds.between("stages: distil: guidance", guidance, 1, 100);
            Bounds.above("stages: distil: rate", rate, 0);
        }
    }

    /**
     * How the finished model samples by default.
     *
     * @param shift of the noise levels
     * @param size pixels a side
     * @param prompts of the sheets of samples that show how a run comes on; left out: none
     */
    public record Sampling(int steps, double guidance, double shift, int size, List<String> prompts) {
        public Sampling {
            prompts = prompts == null ? List.of() : List.copyOf(prompts);
            Bounds.between("sampling.steps", steps, 1, 1000);
            Bounds.atLeast("sampling.guidance", guidance, 0);
            Bounds.above("sampling.shift", shift, 0);
            Bounds.atLeast("sampling.size", size, 1);
        }
    }

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(tools.jackson.databind.MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    public Recipe {
        Bounds.present("name", name);
        Bounds.present("world", world);
        Bounds.present("autoencoder", autoencoder);
        Bounds.present("text", text);
        Bounds.present("transformer", transformer);
        Bounds.present("optimization", optimization);
        Bounds.present("stages", stages);
        Bounds.present("sampling", sampling);
        stages = List.copyOf(stages);
        device = device == null ? Device.CPU.toString() : Device.parse(device).toString();
        double shares = stages.stream().mapToDouble(Stage::share).sum();
        if (stages.isEmpty() || Math.abs(shares - 1) > 1e-6) {
            throw new IllegalArgumentException("stages: shares add up to " + shares + ", 1 expected");
        }
        for (Stage stage : stages) {
            if (stage.size() % autoencoder.patchSize() != 0) {
                throw new IllegalArgumentException("stages: " + stage.name() + ": size: " + stage.size()
                        + "; a multiple of a token's " + autoencoder.patchSize() + " pixels expected");
            }
            if (stage.distil() != null && (stage != stages.getLast() || stages.size() == 1)) {
                throw new IllegalArgumentException(
                        "stages: " + stage.name() + ": only the last of several stages may distil");
            }
        }
    }

    /** Where training runs. */
    public Device trainingDevice() {
        return Device.parse(device);
    }

    /** The same recipe for another device. */
    public Recipe withDevice(Device other) {
        return new Recipe(
                name,
                seed,
                world,
                autoencoder,
                text,
                transformer,
                optimization,
                stages,
                sampling,
                other.toString(),
                sharpener);
    }

    /**
     * The same recipe for data that has examples of {@code tasks} only: the others of its stages are left out.
     *
     * @throws IllegalArgumentException when nothing is left of a stage
     */
    public Recipe only(Set<Task> tasks) {
        List<Stage> some = stages.stream().map(stage -> stage.only(tasks)).toList();
        return new Recipe(
                name, seed, world, autoencoder, text, transformer, optimization, some, sampling, device, sharpener);
    }

    /** The share of the run at which stage number {@code stage} ends. */
    public double endOf(int stage) {
        return stages.subList(0, stage + 1).stream().mapToDouble(Stage::share).sum();
    }

    /** The share of the run before any distillation, over which the learning rates go up and down. */
    public double trainedShare() {
        return stages.stream()
                .filter(s -> s.distil() == null)
                .mapToDouble(Stage::share)
                .sum();
    }

    /**
     * Reads a recipe that comes with Atelier ({@code seedling-cpu}, {@code seedling-2}, {@code seedling-gpu}) or a YAML file.
     *
     * @throws IllegalArgumentException when there is none of that name, or it is not understood
     */
    public static Recipe read(String nameOrFile) {
        Path file = Path.of(nameOrFile);
        try (InputStream in = Files.isRegularFile(file)
                ? Files.newInputStream(file)
                : Recipe.class.getResourceAsStream(nameOrFile + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException(
                        "recipe: '" + nameOrFile + "' is neither a file nor a recipe of Atelier");
            }
            return YAML.readValue(in, Recipe.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("recipe: " + nameOrFile + ": " + Reasons.of(e), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("recipe: " + nameOrFile + " cannot be read: " + Reasons.of(e), e);
        }
    }

    /**
     * The world of the recipe in {@code file}, whatever version the rest of it is of.
     *
     * @throws IllegalArgumentException when the file names no world
     */
    public static Scenery readWorld(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode world = YAML.readTree(in).path("world");
            if (!world.isObject()) {
                throw new IllegalArgumentException("recipe: " + file + ": world: missing");
            }
            return YAML.treeToValue(world, Scenery.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("recipe: " + file + ": world: " + Reasons.of(e), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("recipe: " + file + " cannot be read: " + Reasons.of(e), e);
        }
    }

    /** This recipe in the form that {@link #read} reads. */
    public String toYaml() {
        return YAML.writeValueAsString(this);
    }
}
