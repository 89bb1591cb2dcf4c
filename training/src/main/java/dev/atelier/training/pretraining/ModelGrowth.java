package dev.atelier.training.pretraining;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.DeviceThread;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.text.QwenTokenizer;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
import dev.atelier.training.tokenizer.BytePairTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Makes a trained model wider without changing what it computes: a token gets more channels, of which the transformer ignores the new
 * ones and predicts zero for them; the vocabulary gets more tokens, each of which begins as the mean of the two that it joins.
 */
final class ModelGrowth {
    /** The refiner's weights before the transform grew, in {@code vae}, until it is trained on. */
    static final String REFINER_START = "refiner_start.safetensors";

    private final Recipe recipe;
    private final ExampleSource source;
    private final Path prepared;
    private final Consumer<String> progress;

    /** @param prepared folder with {@code transformer}, {@code text_encoder}, {@code tokenizer} and {@code vae} of the model, changed in place */
    ModelGrowth(Recipe recipe, ExampleSource source, Path prepared, Consumer<String> progress) {
        this.recipe = recipe;
        this.source = source;
        this.prepared = prepared;
        this.progress = progress;
    }

    /** Adds channels to the patch transform and to the transformer's first and last layer. */
    void addChannels(AutoencoderRecipe.PatchTransform patches) {
        Path vae = prepared.resolve("vae");
        Path weights = vae.resolve("diffusion_pytorch_model.safetensors");
        int channels = patches.channels();
        onDeviceThread(() -> {
            Map<String, Tensor> had = read(weights);
            Map<String, Tensor> refiner = new LinkedHashMap<>(had);
            refiner.keySet().removeIf(name -> !name.startsWith("refiner."));
            if (!refiner.isEmpty()) {
                SafetensorsWriter.write(vae.resolve(REFINER_START), refiner, Map.of());
            }
            PatchTransformFit.extend(patches, source, had, vae, done -> {
                if (done == patches.pictures()) {
                    progress.accept("autoencoder: " + channels + " instead of "
                            + had.get("basis").size(0) + " channels a token, from " + done + " pictures");
                }
            });
        });
        rewrite(prepared.resolve("transformer/diffusion_pytorch_model.safetensors"), (name, tensor) -> switch (name) {
            case "x_embedder.weight" -> padded(tensor, 1, channels);
            case "proj_out.weight" -> padded(tensor, 0, channels);
            default -> tensor;
        });
    }

    /** Adds tokens to the vocabulary, and their embeddings. */
    void addTokens() {
        Path tokenizer = prepared.resolve("tokenizer");
        List<String> texts = PatchTransformFit.texts(source, recipe, text -> QwenTokenizer.chat(null, text));
        try {
            int had = Integer.parseInt(Files.readString(tokenizer.resolve("vocabulary_size")));
            BytePairTrainer learnt =
                    BytePairTrainer.extend(tokenizer, texts, recipe.text().vocabulary());
            learnt.write(tokenizer);
            Files.writeString(tokenizer.resolve("vocabulary_size"), Integer.toString(learnt.size()));
            List<int[]> joined = learnt.joinedTokens();
            rewrite(
                    prepared.resolve("text_encoder/model.safetensors"),
                    (name, tensor) ->
                            name.endsWith("embed_tokens.weight") ? withTokens(tensor, had, learnt, joined) : tensor);
            progress.accept("vocabulary: " + learnt.size() + " instead of " + had + " tokens");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tensor withTokens(Tensor embeddings, int had, BytePairTrainer learnt, List<int[]> joined) {
        int special = BytePairTrainer.specialTokens();
        int plain = had - special;
        List<Tensor> rows = new ArrayList<>();
        for (int i = 0; i < plain; i++) {
            rows.add(embeddings.select(0, i));
        }
        int bytes = learnt.size() - special - joined.size();
        for (int[] pair : joined.subList(plain - bytes, joined.size())) {
            rows.add(rows.get(pair[0]).add(rows.get(pair[1])).mul(new Scalar(0.5)));
        }
        return Tensors.cat(0, Tensors.stack(0, rows), embeddings.narrow(0, plain, special));
    }

    /** {@code tensor} with zeros after its end along {@code dim}. */
    private static Tensor padded(Tensor tensor, int dim, int length) {
        long[] shape = tensor.shape().clone();
        shape[dim] = length - shape[dim];
        return Tensors.cat(dim, tensor, Tensors.zeros(DType.F32, shape));
    }

    private interface Change {
        Tensor of(String name, Tensor tensor);
    }

    private static void rewrite(Path file, Change change) {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        onDeviceThread(() -> {
            Map<String, Tensor> tensors = read(file);
            tensors.replaceAll(change::of);
            SafetensorsWriter.write(written, tensors, Map.of("format", "pt"));
        });
        try {
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All tensors of {@code file} in fp32, owned by the innermost scope. */
    private static Map<String, Tensor> read(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        UnaryOperator<Tensor> copy = tensor -> Tensors.to(tensor, DType.F32).clone();
        try (SafetensorsFile open = SafetensorsFile.open(file)) {
            open.names().forEach(name -> tensors.put(name, copy.apply(open.tensor(name))));
        }
        return tensors;
    }

    private static void onDeviceThread(Runnable body) {
        try (DeviceThread thread = new DeviceThread("atelier-growth")) {
            thread.call(() -> {
                Scopes.run(body::run);
                return null;
            });
        }
    }
}
