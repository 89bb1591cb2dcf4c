package dev.atelier.training.recipe;

import dev.atelier.engine.tensor.Device;
import dev.atelier.reason.Reasons;
import dev.atelier.training.dataset.Task;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
        WorldRecipe world,
        AutoencoderRecipe autoencoder,
        TextRecipe text,
        TransformerRecipe transformer,
        OptimizationRecipe optimization,
        List<StageRecipe> stages,
        SamplingRecipe sampling,
        String device,
        SharpenerRecipe sharpener) {

    /** A recipe without a sharpener. */
    public Recipe(
            String name,
            long seed,
            WorldRecipe world,
            AutoencoderRecipe autoencoder,
            TextRecipe text,
            TransformerRecipe transformer,
            OptimizationRecipe optimization,
            List<StageRecipe> stages,
            SamplingRecipe sampling,
            String device) {
        this(name, seed, world, autoencoder, text, transformer, optimization, stages, sampling, device, null);
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
        double shares = stages.stream().mapToDouble(StageRecipe::share).sum();
        if (stages.isEmpty() || Math.abs(shares - 1) > 1e-6) {
            throw new IllegalArgumentException("stages: shares add up to " + shares + ", 1 expected");
        }
        for (StageRecipe stage : stages) {
            if (stage.size() % autoencoder.patchSize() != 0) {
                throw new IllegalArgumentException("stages: " + stage.name() + ": size: " + stage.size()
                        + "; a multiple of a token's " + autoencoder.patchSize() + " pixels expected");
            }
            if (stage.distil() != null && stage != stages.getLast()) {
                throw new IllegalArgumentException("stages: " + stage.name() + ": only the last stage may distil");
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
        List<StageRecipe> some = stages.stream().map(stage -> stage.only(tasks)).toList();
        return new Recipe(
                name, seed, world, autoencoder, text, transformer, optimization, some, sampling, device, sharpener);
    }

    /**
     * Of the stages only the one called {@code name}, for the whole run.
     *
     * @throws IllegalArgumentException naming those that there are
     */
    public Recipe stage(String name) {
        StageRecipe one = stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("stage: recipe " + this.name + " has no stage '" + name
                        + "'; it has "
                        + stages.stream().map(StageRecipe::name).collect(Collectors.joining(", "))));
        return new Recipe(
                this.name,
                seed,
                world,
                autoencoder,
                text,
                transformer,
                optimization,
                List.of(one.withShare(1)),
                sampling,
                device,
                sharpener);
    }

    /** Whether a stage has examples of {@code task}. */
    public boolean trains(Task task) {
        return stages.stream().anyMatch(stage -> stage.tasks().getOrDefault(task, 0.0) > 0);
    }

    /** The share of the run at which stage number {@code stage} ends. */
    public double endOf(int stage) {
        return stages.subList(0, stage + 1).stream()
                .mapToDouble(StageRecipe::share)
                .sum();
    }

    /** The share of the run before any distillation, over which the learning rates go up and down. */
    public double trainedShare() {
        return stages.stream()
                .filter(s -> s.distil() == null)
                .mapToDouble(StageRecipe::share)
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
    public static WorldRecipe readWorld(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode world = YAML.readTree(in).path("world");
            if (!world.isObject()) {
                throw new IllegalArgumentException("recipe: " + file + ": world: missing");
            }
            return YAML.treeToValue(world, WorldRecipe.class);
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
