package dev.atelier.training.pretraining;

import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.PatchTransformAutoencoder;
import dev.atelier.engine.vae.PatchTransformConfig;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.training.dataset.Example;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.recipe.AutoencoderRecipe;
import dev.atelier.training.recipe.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fits a {@link PatchTransformAutoencoder}: the leading eigenvectors of the covariance of patches (Karhunen-Loève transform), each
 * component divided by a power of its deviation, all by one number so that latents have variance 1.
 */
public final class PatchTransformFit {
    /** Pictures whose patches are added to the covariance at once. */
    private static final int CHUNK = 32;

    /** Examples far from those that training draws, so that the fit's pictures are not seen again. */
    private static final long FIRST_INDEX = 1L << 40;

    private PatchTransformFit() {}

    /**
     * Writes {@code folder} as a {@code vae} component.
     *
     * @param progress hears how many pictures are done
     */
    public static void write(
            AutoencoderRecipe.PatchTransform recipe, ExampleSource source, Path folder, IntConsumer progress) {
        PatchTransformConfig config = fitted(recipe);
        Scopes.run(() -> {
            Map<String, Tensor> tensors = fit(recipe, config, source, progress);
            writeConfig(folder, config);
            SafetensorsWriter.write(folder.resolve("diffusion_pytorch_model.safetensors"), tensors, Map.of());
        });
    }

    /** The transform as it is fitted: at the size of the recipe's pictures, without what comes after it. */
    static PatchTransformConfig fitted(AutoencoderRecipe.PatchTransform recipe) {
        return new PatchTransformConfig(recipe.patchSize(), recipe.channels(), recipe.lapped(), 1, 0, 1);
    }

    /** Makes {@code folder} and writes its {@code config.json}. */
    static void writeConfig(Path folder, PatchTransformConfig config) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("_class_name", PatchTransformConfig.CLASS_NAME);
        json.put("patch_size", config.patchSize());
        json.put("latent_channels", config.latentChannels());
        json.put("lapped", config.lapped());
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("config.json"),
                    JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Tensor> fit(
            AutoencoderRecipe.PatchTransform recipe,
            PatchTransformConfig config,
            ExampleSource source,
            IntConsumer progress) {
        Moments moments = moments(recipe, config, source, progress);
        Components leading = Components.of(moments.about(moments.mean()), config.latentChannels());
        Tensor scale = torch.pow(leading.variances(), new Scalar(-recipe.variancePower() / 2));
        Tensor latentVariance = leading.variances().mul(scale).mul(scale).mean();
        return tensors(leading.basis(), moments.mean(), scale.div(latentVariance.sqrt()));
    }

    /**
     * Writes {@code folder} as a {@code vae} component: the components of a transform that was fitted before, and after them the leading
     * ones of what those leave of the source's pictures, up to the recipe's number of channels. Each new one is divided by its
     * deviation to {@code variancePower}, such that a component as wide as the last old one would get its scale.
     *
     * @param had tensors of the narrower transform: {@code basis} (c, n), {@code mean} (n), {@code scale} (c)
     */
    static void extend(
            AutoencoderRecipe.PatchTransform recipe,
            ExampleSource source,
            Map<String, Tensor> had,
            Path folder,
            IntConsumer progress) {
        PatchTransformConfig config = fitted(recipe);
        Scopes.run(() -> {
            Tensor mean = Tensors.to(had.get("mean"), DType.F64);
            Tensor basis = Tensors.to(had.get("basis"), DType.F64);
            Tensor scale = Tensors.to(had.get("scale"), DType.F64);
            Tensor covariance = moments(recipe, config, source, progress).about(mean);
            Tensor rest = torch.eye(config.patchElements(), Tensors.options(DType.F64, Device.CPU))
                    .sub(basis.t().matmul(basis));
            long known = basis.size(0);
            Components further = Components.of(
                    rest.matmul(covariance).matmul(rest), Math.toIntExact(config.latentChannels() - known));
            Tensor last = basis.narrow(0, known - 1, 1);
            Tensor lastVariance = last.matmul(covariance).matmul(last.t()).flatten();
            Tensor furtherScale = torch.pow(
                            further.variances().div(lastVariance), new Scalar(-recipe.variancePower() / 2))
                    .mul(scale.narrow(0, known - 1, 1));
            writeConfig(folder, config);
            SafetensorsWriter.write(
                    folder.resolve("diffusion_pytorch_model.safetensors"),
                    tensors(Tensors.cat(0, basis, further.basis()), mean, Tensors.cat(0, scale, furtherScale)),
                    Map.of());
        });
    }

    private static Map<String, Tensor> tensors(Tensor basis, Tensor mean, Tensor scale) {
        Map<String, Tensor> out = new LinkedHashMap<>();
        out.put("basis", Tensors.to(basis, DType.F32).contiguous());
        out.put("mean", Tensors.to(mean, DType.F32));
        out.put("scale", Tensors.to(scale, DType.F32));
        return out;
    }

    /** Orthonormal rows (c, n), and the variance (c) along each, widest first. */
    private record Components(Tensor basis, Tensor variances) {
        static Components of(Tensor covariance, int c) {
            long n = covariance.size(0);
            var eigen = torch.linalg_eigh(covariance);
            // Ascending order: the leading components are the last columns.
            return new Components(
                    new Tensor(eigen.get1()).narrow(1, n - c, c).flip(1).t(),
                    new Tensor(eigen.get0()).narrow(0, n - c, c).flip(0).clamp_min(new Scalar(1e-12)));
        }
    }

    /** Means of patches (n) and of their outer products (n, n). */
    private record Moments(Tensor mean, Tensor products) {
        /** The covariance, were {@code centre} the mean. */
        Tensor about(Tensor centre) {
            Tensor mixed = torch.outer(mean, centre);
            return products.sub(mixed).sub(mixed.t()).add(torch.outer(centre, centre));
        }
    }

    private static Moments moments(
            AutoencoderRecipe.PatchTransform recipe,
            PatchTransformConfig config,
            ExampleSource source,
            IntConsumer progress) {
        int n = config.patchElements();
        Tensor sum = Tensors.zeros(DType.F64, n);
        Tensor products = Tensors.zeros(DType.F32, n, n);
        long count = 0;
        for (int at = 0; at < recipe.pictures(); at += CHUNK) {
            int from = at;
            int to = Math.min(recipe.pictures(), at + CHUNK);
            count += Scopes.plain(() -> {
                Tensor patches = PatchTransformAutoencoder.patches(
                        pictures(source, recipe.size(), from, to), config, Device.CPU);
                sum.add_(Tensors.to(patches.sum(0L), DType.F64));
                products.addmm_(patches.t(), patches);
                return patches.size(0);
            });
            progress.accept(to);
        }
        Scalar one = new Scalar((double) count);
        return new Moments(sum.div(one), Tensors.to(products, DType.F64).div(one));
    }

    /** (n, 3, size, size) */
    private static Tensor pictures(ExampleSource source, int size, int from, int to) {
        List<Example> examples = IntStream.range(from, to)
                .parallel()
                .mapToObj(i -> source.example(Task.TEXT_TO_IMAGE, 0, FIRST_INDEX + i, size))
                .toList();
        return Tensors.cat(
                0,
                examples.stream().map(e -> PictureTensors.toTensor(e.target())).toList());
    }

    /**
     * Captions to learn a vocabulary from: every task's, in the form in which the text encoder sees them. Those with letters at random only
     * where the recipe trains them.
     */
    static List<String> texts(ExampleSource source, Recipe recipe, UnaryOperator<String> form) {
        int count = recipe.text().texts();
        List<Task> tasks = new TreeSet<>(source.tasks())
                .stream()
                        .filter(task -> task != Task.GLYPH || recipe.trains(task))
                        .toList();
        return LongStream.range(0, count)
                .parallel()
                .mapToObj(i -> {
                    Task task = tasks.get((int) (i % tasks.size()));
                    int references = task.references(i / tasks.size());
                    return form.apply(source.prompt(task, references, FIRST_INDEX + i, i));
                })
                .toList();
    }
}
