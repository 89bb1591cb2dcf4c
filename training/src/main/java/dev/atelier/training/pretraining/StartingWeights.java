package dev.atelier.training.pretraining;

import dev.atelier.engine.dit.TransformerConfig;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.text.Qwen3Config;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.weights.JsonConfig;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.Weights;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.optim.ParameterStore;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * A run that goes on from a model's weights instead of random ones: autoencoder, vocabulary, text encoder and transformer of a folder
 * that a run with the same shapes wrote, or with fewer channels or a smaller vocabulary ({@link ModelGrowth}). They are copied into
 * the run's folder, so that a run that was killed needs no second look at the model.
 */
public final class StartingWeights {
    private static final String STEM = "diffusion_pytorch_model";
    private static final Map<String, String> STEMS = Map.of("transformer", STEM, "text_encoder", "model");
    private static final String SUFFIX = ".safetensors";

    private StartingWeights() {}

    /**
     * Lets the run in {@code run} begin with the weights of {@code model}; does nothing when it has begun.
     *
     * @param source of the pictures and captions from which a grown model's further channels and tokens are learnt
     * @param progress hears what is done where that takes a while
     * @throws IllegalArgumentException when the recipe describes another shape than the model has or can grow to; names what differs
     */
    public static void copy(Path model, Recipe recipe, ExampleSource source, Path run, Consumer<String> progress) {
        Path prepared = prepared(run);
        if (Files.exists(prepared)) {
            return;
        }
        requireShape(model, recipe);
        Path partial = run.resolve("prepared.partial");
        try {
            STEMS.forEach((component, stem) -> copyWeights(model.resolve(component), partial.resolve(component), stem));
            Path tokenizer = Files.createDirectories(partial.resolve("tokenizer"));
            copyFile(model.resolve("tokenizer"), tokenizer, "tokenizer.json");
            copyFile(model.resolve("tokenizer"), tokenizer, "tokenizer_config.json");
            Files.writeString(
                    tokenizer.resolve("vocabulary_size"),
                    Integer.toString(text(model).vocabSize()));
            Path vae = Files.createDirectories(partial.resolve("vae"));
            copyWeights(model.resolve("vae"), vae, STEM);
            if (recipe.autoencoder() instanceof AutoencoderRecipe.PatchTransform patches) {
                PatchTransformFit.writeConfig(vae, PatchTransformFit.fitted(patches));
            } else {
                copyFile(model.resolve("vae"), vae, "config.json");
            }
            grow(model, recipe, new ModelGrowth(recipe, source, partial, progress));
            Files.move(partial, prepared, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the weights of " + model + " cannot be copied to " + run, e);
        }
    }

    private static void grow(Path model, Recipe recipe, ModelGrowth growth) {
        if (recipe.autoencoder() instanceof AutoencoderRecipe.PatchTransform patches
                && patches.channels() > transformer(model).inChannels()) {
            growth.addChannels(patches);
        }
        if (recipe.text().vocabulary() > text(model).vocabSize()) {
            growth.addTokens();
        }
    }

    private static Path prepared(Path run) {
        return run.resolve("prepared");
    }

    /** Into one file: a folder that others wrote may have its weights in several. */
    private static void copyWeights(Path from, Path to, String stem) {
        try (Weights weights = Weights.open(from, stem, Device.CPU)) {
            weights.copyTo(to.resolve(stem + SUFFIX));
        }
    }

    private static void copyFile(Path from, Path to, String name) throws IOException {
        Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Qwen3Config text(Path model) {
        return Qwen3Config.read(model.resolve("text_encoder"));
    }

    private static TransformerConfig transformer(Path model) {
        return TransformerConfig.read(model.resolve("transformer"));
    }

    private static void requireShape(Path model, Recipe recipe) {
        requireSameAutoencoder(model, recipe);
        Qwen3Config text = text(model);
        require(model, "text_encoder", text, StudentModel.textConfig(recipe.text(), text.vocabSize()));
        TransformerConfig transformer = transformer(model);
        // Channels of a patch transform may be added, never taken away.
        int channels = recipe.autoencoder() instanceof AutoencoderRecipe.PatchTransform
                ? Math.max(transformer.inChannels(), recipe.autoencoder().channels())
                : transformer.inChannels();
        require(model, "transformer", transformer.withChannels(channels), StudentModel.transformerConfig(recipe));
        if (recipe.autoencoder() instanceof AutoencoderRecipe.PatchTransform patches) {
            PatchTransformConfig has = PatchTransformConfig.parse(JsonConfig.read(model.resolve("vae/config.json")));
            // A model without a refiner gets one when its run begins.
            AutoencoderRecipe.Refiner refiner = has.refinerWidth() == 0 ? null : patches.refiner();
            require(
                    model,
                    "vae",
                    has.withLatentChannels(channels),
                    new PatchTransformConfig(
                            patches.patchSize(),
                            patches.channels(),
                            patches.lapped(),
                            patches.upscale(),
                            refiner == null ? 0 : refiner.width(),
                            refiner == null ? has.refinerBlocks() : refiner.blocks()));
        }
    }

    private static void require(Path model, String component, Record has, Record wanted) {
        ConfigDifference difference = ConfigDifference.between(wanted, has);
        if (!difference.isEmpty()) {
            throw another(model, component, difference.first(), difference.second());
        }
    }

    private static IllegalArgumentException another(Path model, String component, String wanted, String has) {
        return new IllegalArgumentException(
                model + ": " + component + ": the recipe describes " + wanted + ", the model has " + has);
    }

    private static void requireSameAutoencoder(Path model, Recipe recipe) {
        boolean wanted = recipe.autoencoder() instanceof AutoencoderRecipe.PatchTransform;
        boolean has = FrozenAutoencoder.isPatchTransform(model.resolve("vae"));
        if (wanted != has) {
            throw another(model, "vae", kind(wanted), kind(has));
        }
    }

    private static String kind(boolean patchTransform) {
        return patchTransform ? "a patch transform" : "FLUX.2's convolutional autoencoder";
    }

    /** Fills {@code model} with the weights that {@link #copy} put into {@code run}; does nothing when there are none. */
    static void load(Path run, StudentModel model) {
        if (!Files.exists(prepared(run).resolve("transformer"))) {
            return;
        }
        Map<String, SafetensorsFile> files = new LinkedHashMap<>();
        try (var _ = new NoGradGuard()) {
            STEMS.forEach((component, stem) -> files.put(
                    component + ".",
                    SafetensorsFile.open(prepared(run).resolve(component).resolve(stem + SUFFIX))));
            for (ParameterStore.Slot slot : model.parameters.slots().values()) {
                files.forEach((prefix, file) -> {
                    if (slot.name().startsWith(prefix)) {
                        ParameterStore.view(model.parameters.values(), slot)
                                .copy_(file.tensor(slot.name().substring(prefix.length())));
                    }
                });
            }
            model.parameters.publish();
        } finally {
            files.values().forEach(SafetensorsFile::close);
        }
    }
}
