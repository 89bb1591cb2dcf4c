package dev.atelier.training.pretraining;

import dev.atelier.engine.image.PictureTensors;
import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.vae.Autoencoder;
import dev.atelier.engine.vae.PatchRefiner;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.training.dataset.ExampleSource;
import dev.atelier.training.dataset.Task;
import dev.atelier.training.loop.SmoothedLoss;
import dev.atelier.training.optim.Optimizer;
import dev.atelier.training.optim.ParameterStore;
import dev.atelier.training.recipe.AutoencoderRecipe.Refiner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains a {@link PatchRefiner} on what a fitted patch transform makes of rendered pictures whose latents carry some noise, as a
 * diffusion model's do: mean absolute error of the pixels and of their differences to their neighbours.
 */
final class RefinerFit implements AutoCloseable {
    static final String FILE = "diffusion_pytorch_model.safetensors";

    private static final long FIRST_INDEX = 1L << 41;
    private static final int POOL = 192;
    private static final double GRADIENT_WEIGHT = 0.5;
    private static final double WARMUP = 50;

    private final Plan plan;
    private final Refiner settings;
    private final ExampleSource source;
    private final Autoencoder transform;
    private final ParameterStore parameters;
    private final PatchRefiner refiner;
    private final Optimizer optimizer;
    private final List<Pair> pool = new ArrayList<>();
    private final SplittableRandom random;

    /**
     * What is trained.
     *
     * @param size pixels a side of finished pictures
     * @param start weights to begin with; random ones where there is no such file
     */
    record Plan(Refiner settings, int size, DType computeType, long seed, Path start) {}

    /** What the transform makes of a picture, and the picture: (3, S, S) in bfloat16. */
    private record Pair(Tensor decoded, Tensor picture) {
        void close() {
            decoded.close();
            picture.close();
        }
    }

    /** @param transform without a refiner, at the size of finished pictures */
    RefinerFit(Plan plan, ExampleSource source, Autoencoder transform) {
        this.plan = plan;
        this.source = source;
        this.transform = transform;
        settings = plan.settings();
        random = new SplittableRandom(plan.seed() + FIRST_INDEX);
        parameters = new ParameterStore(plan.seed(), plan.computeType());
        refiner = new PatchRefiner(parameters, settings.width(), settings.blocks());
        parameters.flatten();
        if (Files.exists(plan.start())) {
            begin(plan.start());
        }
        optimizer = new Optimizer(parameters, new Optimizer.Settings(settings.rate(), 0, 0, 1, 0.998));
    }

    private void begin(Path start) {
        try (SafetensorsFile file = SafetensorsFile.open(start);
                var _ = new NoGradGuard()) {
            Scopes.run(() -> parameters
                    .slots()
                    .forEach((name, slot) ->
                            ParameterStore.view(parameters.values(), slot).copy_(file.tensor(name))));
            parameters.publish();
        }
    }

    /** Whether the file in {@code vae} holds a refiner's weights. */
    static boolean isIn(Path vae) {
        try (SafetensorsFile file = SafetensorsFile.open(vae.resolve(FILE))) {
            return file.names().stream().anyMatch(n -> n.startsWith("refiner."));
        }
    }

    /** Trains, and adds the refiner's weights to the transform's file in {@code vae}. @param progress hears how it goes */
    void write(Path vae, Consumer<String> progress) {
        SmoothedLoss smoothed = new SmoothedLoss();
        for (int step = 0; step < settings.steps(); step++) {
            fill(step);
            double loss = Scopes.plain(this::accumulate);
            double rise = Math.min(1, (step + 1) / WARMUP);
            optimizer.step(rise * (1 - 0.98 * step / settings.steps()));
            double mean = smoothed.add(loss);
            if ((step + 1) % 20 == 0) {
                progress.accept("refiner: step %d of %d, loss %.4f".formatted(step + 1, settings.steps(), mean));
            }
        }
        Path file = vae.resolve(FILE);
        Path written = vae.resolve(FILE + ".new");
        try (SafetensorsFile transformFile = SafetensorsFile.open(file)) {
            Scopes.run(() -> {
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                transformFile.names().forEach(name -> tensors.put(name, transformFile.tensor(name)));
                parameters
                        .slots()
                        .forEach((name, slot) -> tensors.put(name, ParameterStore.view(optimizer.average(), slot)));
                SafetensorsWriter.write(written, tensors, Map.of());
            });
        }
        try {
            Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(plan.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A full pool before the first step, one new picture before each later one. */
    private void fill(int step) {
        int wanted = step == 0 ? Math.min(POOL, settings.steps() * settings.batch()) : 1;
        long first = FIRST_INDEX + (step == 0 ? 0 : POOL + step);
        var pictures = IntStream.range(0, wanted)
                .parallel()
                .mapToObj(i -> source.example(Task.TEXT_TO_IMAGE, 0, first + i, plan.size())
                        .target())
                .toList();
        try (var _ = new NoGradGuard()) {
            for (var picture : pictures) {
                Scopes.run(() -> {
                    Tensor image = PictureTensors.toTensor(picture);
                    Tensor latents = transform.encode(image);
                    double noise = random.nextDouble() * settings.noise();
                    torch.manual_seed(random.nextLong());
                    Tensor noisy = latents.add(torch.randn(latents.shape()).mul_(new Scalar(noise)));
                    Pair pair = new Pair(kept(transform.decode(noisy)), kept(image));
                    if (pool.size() < POOL) {
                        pool.add(pair);
                    } else {
                        pool.set(random.nextInt(POOL), pair).close();
                    }
                });
            }
        }
    }

    private static Tensor kept(Tensor image) {
        return Scopes.owned(() -> Tensors.to(image.squeeze(0), DType.BF16).clone());
    }

    private double accumulate() {
        List<Tensor> decoded = new ArrayList<>();
        List<Tensor> pictures = new ArrayList<>();
        for (int i = 0; i < settings.batch(); i++) {
            Pair pair = pool.get(random.nextInt(pool.size()));
            int places = (int) (pair.picture().size(1) - settings.crop()) / PatchRefiner.CELL + 1;
            long top = (long) random.nextInt(places) * PatchRefiner.CELL;
            long left = (long) random.nextInt(places) * PatchRefiner.CELL;
            decoded.add(crop(pair.decoded(), top, left));
            pictures.add(crop(pair.picture(), top, left));
        }
        Tensor wanted = Tensors.to(Tensors.stack(0, pictures), DType.F32);
        Tensor input = Tensors.to(Tensors.stack(0, decoded), parameters.computeType());
        Tensor error = Tensors.to(refiner.forward(input), DType.F32).sub(wanted);
        Tensor loss = error.abs()
                .mean()
                .add(difference(error, 2).add(difference(error, 3)).mul(new Scalar(GRADIENT_WEIGHT)));
        loss.backward();
        parameters.collect();
        return loss.item_double();
    }

    private Tensor crop(Tensor image, long top, long left) {
        return image.narrow(1, top, settings.crop()).narrow(2, left, settings.crop());
    }

    private static Tensor difference(Tensor x, long dim) {
        long last = x.size(dim) - 1;
        return x.narrow(dim, 1, last).sub(x.narrow(dim, 0, last)).abs().mean();
    }

    @Override
    public void close() {
        pool.forEach(Pair::close);
        optimizer.close();
        parameters.close();
    }
}
