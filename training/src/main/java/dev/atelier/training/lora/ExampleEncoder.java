package dev.atelier.training.lora;

import dev.atelier.engine.generation.FineTunableModel;
import dev.atelier.engine.image.Picture;
import dev.atelier.engine.image.PictureResizer;
import dev.atelier.engine.image.PictureSize;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.training.dataset.AspectBuckets;
import dev.atelier.training.dataset.CaptionedPicture;
import dev.atelier.training.dataset.Crop;
import dev.atelier.training.dataset.PictureSource;
import dev.atelier.training.dataset.SkippedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Computes latents and prompt embeddings once and keeps them in files named by a hash of all that they depend on, so that a later run,
 * or one with other pictures among the same, finds what it needs. Runs on the model's device thread.
 */
public final class ExampleEncoder {
    private static final int NAME_DIGITS = 40;

    private final FineTunableModel model;
    private final LoraSettings.Data settings;
    private final long seed;
    private final Path folder;
    private final String fingerprint;
    private final AspectBuckets buckets;
    private final int multiple;

    /** @param folder of the files */
    public ExampleEncoder(FineTunableModel model, LoraSettings settings, Path folder) {
        this.model = model;
        this.settings = settings.data();
        seed = settings.seed();
        this.folder = folder;
        fingerprint = model.encodersFingerprint();
        multiple = model.pipeline().info().sizeMultiple();
        buckets = AspectBuckets.of(this.settings.resolution(), multiple);
    }

    /**
     * @param index of the entry within its dataset; random crops follow from it
     * @param length tokens of the prompt, padding included
     * @throws SkippedException when a picture cannot be used
     */
    public EncodedExample encode(CaptionedPicture entry, int index, int crop, int length) throws SkippedException {
        Crop part = Crop.of(crop, seed * 31 + index);
        StringBuilder key = new StringBuilder(settings.resolution() + "\n" + part + "\n" + source(entry.picture()));
        entry.references().forEach(reference -> key.append(source(reference)));
        Path latents = file("latents", key.toString());
        if (!Files.exists(latents)) {
            write(latents, pictures(entry, part));
        }
        return new EncodedExample(shape(latents), latents, prompt(settings.prompt(entry.caption()), length));
    }

    /** The file of a prompt's embedding. */
    public Path prompt(String prompt, int length) {
        Path file = file("prompt", length + "\n" + prompt);
        if (!Files.exists(file)) {
            Scopes.run(() -> SafetensorsWriter.write(file, Map.of("embeds", model.embed(prompt, length)), Map.of()));
        }
        return file;
    }

    /** The target and its references by their names in the file. */
    private Map<String, Picture> pictures(CaptionedPicture entry, Crop part) throws SkippedException {
        Map<String, Picture> out = new LinkedHashMap<>();
        Picture target = entry.picture().read();
        out.put("target", part.cover(target, buckets.nearest(PictureSize.of(target))));
        for (PictureSource source : entry.references()) {
            out.put("reference_" + (out.size() - 1), reference(source));
        }
        return out;
    }

    /** As the pipeline takes references, but at most of the training pictures' area. */
    private Picture reference(PictureSource source) throws SkippedException {
        Picture picture = source.read();
        PictureSize fitted = PictureSize.of(picture).fitArea((long) settings.resolution() * settings.resolution());
        if (fitted.width() < multiple || fitted.height() < multiple) {
            return Crop.CENTER.cover(picture, buckets.nearest(fitted));
        }
        return PictureResizer.toReference(picture, (long) settings.resolution() * settings.resolution(), multiple);
    }

    private void write(Path file, Map<String, Picture> pictures) {
        Scopes.run(() -> {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            pictures.forEach((name, picture) -> tensors.put(name, model.encode(picture)));
            SafetensorsWriter.write(file, tensors, Map.of());
        });
    }

    private static EncodedExample.Shape shape(Path latents) {
        try (SafetensorsFile file = SafetensorsFile.open(latents)) {
            List<EncodedExample.Grid> references = new ArrayList<>();
            for (int i = 0; i < file.names().size() - 1; i++) {
                references.add(grid(file.shape("reference_" + i)));
            }
            return new EncodedExample.Shape(grid(file.shape("target")), references);
        }
    }

    /** (1, C, h, w) of the target in a file of latents. */
    static long[] targetSize(Path latents) {
        try (SafetensorsFile file = SafetensorsFile.open(latents)) {
            return file.shape("target").clone();
        }
    }

    private static EncodedExample.Grid grid(long[] shape) {
        return new EncodedExample.Grid(shape[2], shape[3]);
    }

    private static String source(PictureSource source) {
        return source.file() + "\n" + source.offset() + "\n" + source.stamp() + "\n";
    }

    private Path file(String kind, String key) {
        return folder.resolve(kind + "-" + hash(fingerprint + "\n" + key) + ".safetensors");
    }

    /** The first 40 hexadecimal digits of the SHA-256 of {@code text}. */
    public static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The tensors called {@code name} of {@code files}, one after the other along the batch, on the model's device. */
    public Tensor batch(List<Path> files, String name) {
        List<SafetensorsFile> open = new ArrayList<>();
        try {
            return Scopes.scoped(() -> {
                List<Tensor> parts = new ArrayList<>();
                for (Path path : files) {
                    SafetensorsFile file = SafetensorsFile.open(path);
                    open.add(file);
                    parts.add(file.tensor(name));
                }
                return Tensors.to(Tensors.cat(0, parts), model.device());
            });
        } finally {
            open.forEach(SafetensorsFile::close);
        }
    }
}
