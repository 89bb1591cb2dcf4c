package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * The tensors of one component (a transformer, an autoencoder, a text encoder) under a name prefix. Strict: a model asks for
 * each tensor with the shape it expects, and {@link #requireAllUsed} refuses a folder with tensors that nobody asked for.
 *
 * <p>All views of a component share one owner: {@link #close} on any of them closes every tensor handed out, then the mappings.
 */
public final class Weights implements AutoCloseable {
    private static final Pattern OTHER_WEIGHTS =
            Pattern.compile(".+\\.(safetensors|bin|pt|pth|ckpt|gguf|msgpack|h5|onnx)");

    private final Root root;
    private final String prefix;

    private Weights(Root root, String prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    /**
     * Opens the safetensors of {@code folder}: {@code stem.safetensors}, or the shards that {@code stem.safetensors.index.json}
     * lists.
     *
     * @param stem {@code diffusion_pytorch_model} or {@code model}
     * @throws EngineException naming the file and what is wrong; nothing stays open then
     */
    public static Weights open(Path folder, String stem, Device device) {
        Root root = new Root(folder, device);
        try {
            Path index = folder.resolve(stem + ".safetensors.index.json");
            if (Files.exists(index)) {
                openShards(root, folder, index);
            } else {
                Path whole = folder.resolve(stem + ".safetensors");
                requireThere(whole);
                SafetensorsFile file = SafetensorsFile.open(whole);
                root.files.add(file);
                file.names().forEach(name -> root.where.put(name, file));
            }
            return new Weights(root, "");
        } catch (RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /** Where weights are missing, those of another format or variant are often beside. */
    private static void requireThere(Path file) {
        if (Files.exists(file) || !Files.isDirectory(file.getParent())) {
            return;
        }
        try (Stream<Path> beside = Files.list(file.getParent())) {
            String others = beside.map(path -> path.getFileName().toString())
                    .filter(name -> OTHER_WEIGHTS.matcher(name).matches())
                    .sorted()
                    .limit(3)
                    .collect(Collectors.joining(", "));
            throw new EngineException(file + ": there is no such file"
                    + (others.isEmpty()
                            ? ""
                            : "; beside it: " + others
                                    + ", which is not read in its place (only safetensors of this name are)"));
        } catch (IOException e) {
            throw new EngineException(file.getParent() + ": cannot be read: " + Reasons.of(e), e);
        }
    }

    private static void openShards(Root root, Path folder, Path index) {
        Map<String, String> weightMap = JsonConfig.read(index).strings("weight_map");
        Map<String, SafetensorsFile> files = new LinkedHashMap<>();
        for (Map.Entry<String, String> e : weightMap.entrySet()) {
            String shard = e.getValue();
            if (!shard.equals(Path.of(shard).getFileName().toString())) {
                throw new EngineException(index + ": weight_map: '" + shard + "' is not a plain file name");
            }
            SafetensorsFile file = files.get(shard);
            if (file == null) {
                file = SafetensorsFile.open(folder.resolve(shard));
                root.files.add(file);
                files.put(shard, file);
            }
            if (!file.names().contains(e.getKey())) {
                throw new EngineException(file.path() + ": " + e.getKey() + ": missing, though " + index.getFileName()
                        + " says it is here");
            }
            root.where.put(e.getKey(), file);
        }
        for (SafetensorsFile file : root.files) {
            Set<String> unlisted = new TreeSet<>(file.names());
            unlisted.removeAll(weightMap.keySet());
            if (!unlisted.isEmpty()) {
                throw new EngineException(
                        file.path() + ": " + unlisted.iterator().next() + ": not listed in " + index.getFileName());
            }
        }
    }

    /** The view under {@code prefix.}; parts are joined with dots. */
    public Weights at(Object... parts) {
        String joined = Arrays.stream(parts).map(Object::toString).collect(Collectors.joining("."));
        return new Weights(root, prefix + joined + ".");
    }

    public Device device() {
        return root.device;
    }

    /** The folder that the weights come from. */
    public Path folder() {
        return root.folder;
    }

    /** The full name of {@code name} under this view's prefix. */
    public String fullName(String name) {
        return prefix + name;
    }

    public boolean has(String name) {
        return root.where.containsKey(prefix + name);
    }

    /** The element type that {@code name} is stored in. */
    public DType type(String name) {
        return file(name).type(prefix + name);
    }

    /** The shape that {@code name} is stored with. */
    public long[] shape(String name) {
        return file(name).shape(prefix + name);
    }

    /**
     * The tensor as stored (memory-mapped on a CPU, copied to a GPU), of the model's lifetime.
     *
     * @throws EngineException naming the tensor, the expected and the found shape
     */
    public Tensor tensor(String name, long... shape) {
        SafetensorsFile file = check(name, shape);
        return own(Scopes.owned(
                () -> root.device.isCuda() ? file.copy(prefix + name, root.device) : file.tensor(prefix + name)));
    }

    /** The tensor as stored, in place, valid until this component is closed; owned by the innermost scope. CPU only. */
    public Tensor view(String name) {
        return file(name).tensor(prefix + name);
    }

    /** Marks {@code name} as known and checks its shape without touching its data. */
    public void skip(String name, long... shape) {
        check(name, shape);
    }

    /** Marks {@code name}, which need not be there, as known, whatever its type and shape. */
    public void ignore(String name) {
        root.used.add(prefix + name);
    }

    /** Hands {@code tensor}, which the caller owns, to this component: it is closed with it. */
    public Tensor own(Tensor tensor) {
        root.owned.add(tensor);
        return tensor;
    }

    /** Names of all tensors under this view, without the prefix. */
    public Set<String> names() {
        return root.where.keySet().stream()
                .filter(n -> n.startsWith(prefix))
                .map(n -> n.substring(prefix.length()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Number of elements of all tensors of the component. */
    public long parameters() {
        return root.where.entrySet().stream()
                .mapToLong(e -> Arrays.stream(e.getValue().shape(e.getKey())).reduce(1, (a, b) -> a * b))
                .sum();
    }

    /**
     * @throws EngineException when the component holds tensors that no part of the model asked for
     */
    public void requireAllUsed() {
        Set<String> unexpected = new TreeSet<>(root.where.keySet());
        unexpected.removeAll(root.used);
        if (!unexpected.isEmpty()) {
            String first = unexpected.iterator().next();
            throw new EngineException(
                    root.where.get(first).path() + ": " + unexpected.size() + " unexpected tensor(s): "
                            + unexpected.stream().limit(5).collect(Collectors.joining(", "))
                            + (unexpected.size() > 5 ? ", …" : ""));
        }
    }

    /**
     * Writes all tensors of the component, as stored, to one file, however many files they come from. CPU only.
     *
     * @throws EngineException naming the file when it cannot be written
     */
    public void copyTo(Path file) {
        List<SafetensorsWriter.Declared> declared = new ArrayList<>();
        root.where.forEach(
                (name, from) -> declared.add(new SafetensorsWriter.Declared(name, from.type(name), from.shape(name))));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, declared, Map.of("format", "pt"))) {
            root.where.forEach((name, from) -> Scopes.run(() -> writer.put(name, from.tensor(name))));
            writer.finish();
        }
    }

    /** Names the content of the component's files: 64 hexadecimal digits that change when a file is replaced or rewritten. */
    public String fingerprint() {
        MessageDigest digest = SafetensorsFile.sha256();
        root.files.forEach(file -> digest.update(file.fingerprint().getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Drops the component's file pages from resident memory until they are touched again. */
    public void releasePages() {
        root.files.forEach(SafetensorsFile::releasePages);
    }

    private SafetensorsFile check(String name, long... shape) {
        SafetensorsFile file = file(name);
        long[] found = file.shape(prefix + name);
        if (!Arrays.equals(found, shape)) {
            throw new EngineException(file.path() + ": " + prefix + name + ": expected " + Arrays.toString(shape)
                    + ", found " + Arrays.toString(found));
        }
        if (!file.type(prefix + name).isFloating()) {
            throw new EngineException(file.path() + ": " + prefix + name + ": expected a floating-point type, found "
                    + file.type(prefix + name));
        }
        root.used.add(prefix + name);
        return file;
    }

    private SafetensorsFile file(String name) {
        SafetensorsFile file = root.where.get(prefix + name);
        if (file == null) {
            throw new EngineException(root.folder + ": " + prefix + name + ": missing");
        }
        return file;
    }

    @Override
    public void close() {
        root.close();
    }

    private static final class Root {
        final Path folder;
        final Device device;
        final Map<String, SafetensorsFile> where = new LinkedHashMap<>();
        final Set<String> used = new HashSet<>();
        final List<SafetensorsFile> files = new ArrayList<>();
        final List<Tensor> owned = new ArrayList<>();

        Root(Path folder, Device device) {
            this.folder = folder;
            this.device = device;
        }

        void close() {
            Scopes.close(owned);
            owned.clear();
            files.forEach(SafetensorsFile::close);
            files.clear();
        }
    }
}
