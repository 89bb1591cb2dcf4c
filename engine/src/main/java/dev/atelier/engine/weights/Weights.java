package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.MappedMemory;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tensors of one component (a transformer, an autoencoder, a text encoder) under a name prefix. Strict: a model asks for
 * each tensor with the shape it expects, and {@link #requireAllUsed} refuses a folder with tensors that nobody asked for.
 *
 * <p>All views of a component share one owner: {@link #close} on any of them closes every tensor handed out, then the mappings.
 */
public final class Weights implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Weights.class);

    private final Root root;
    private final String prefix;

    private Weights(Root root, String prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    /**
     * Opens the weights of {@code folder}: {@code stem.safetensors}, the shards that {@code stem.safetensors.index.json} lists, or the only
     * GGUF or safetensors file there (of a folder {@code transformer} without one, the only one beside it). Names that Black Forest Labs or
     * llama.cpp give become ours; quantised numbers and floats of 8 bits become fp32 when they are asked for.
     *
     * @param stem {@code diffusion_pytorch_model} or {@code model}
     * @throws EngineException naming the file and what is wrong; nothing stays open then
     */
    public static Weights open(Path folder, String stem, Device device) {
        Root root = new Root(folder, device);
        try {
            Path index = WeightFiles.index(folder, stem);
            if (Files.exists(index)) {
                openShards(root, folder, index);
            } else {
                open(root, WeightFiles.find(folder, stem, root.notes::add));
            }
            return new Weights(root, "");
        } catch (RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /** Opens one file of weights, whatever its folder. @throws EngineException as {@link #open(Path, String, Device)} */
    static Weights open(Path file) {
        Root root = new Root(file.toAbsolutePath().getParent(), Device.CPU);
        try {
            open(root, file);
            return new Weights(root, "");
        } catch (RuntimeException e) {
            root.close();
            throw e;
        }
    }

    private static void open(Root root, Path path) {
        TensorFile file = WeightFiles.open(path);
        root.files.add(file);
        root.where.putAll(named(root, path, file.stored()));
    }

    private static Map<String, StoredTensor> named(Root root, Path path, Map<String, StoredTensor> stored) {
        return TensorNames.ours(path, Float8Scales.applied(path, stored, root.notes::add), root.notes::add);
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
                file = SafetensorsFile.openStored(folder.resolve(shard));
                root.files.add(file);
                files.put(shard, file);
            }
            if (!file.names().contains(e.getKey())) {
                throw new EngineException(file.path() + ": " + e.getKey() + ": missing, though " + index.getFileName()
                        + " says it is here");
            }
        }
        Map<String, StoredTensor> stored = new LinkedHashMap<>();
        for (SafetensorsFile file : files.values()) {
            Set<String> unlisted = new TreeSet<>(file.names());
            unlisted.removeAll(weightMap.keySet());
            if (!unlisted.isEmpty()) {
                throw new EngineException(
                        file.path() + ": " + unlisted.iterator().next() + ": not listed in " + index.getFileName());
            }
            stored.putAll(file.stored());
        }
        root.where.putAll(named(root, index, stored));
    }

    /** Whether {@link #open} would take a file of another name than {@code stem} says. */
    public static boolean isOneFile(Path folder, String stem) {
        return WeightFiles.other(folder, stem).isPresent();
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

    /** The element type that {@code name} is stored in; fp32 where its numbers have to be decoded. */
    public DType type(String name) {
        return stored(name).type();
    }

    /** Whether the numbers of {@code name} are quantised or floats of 8 bits, and become fp32 whenever they are asked for. */
    public boolean isEncoded(String name) {
        return stored(name).isEncoded();
    }

    /** The shape that {@code name} is stored with. */
    public long[] shape(String name) {
        return stored(name).shape();
    }

    /** What the component's first file says of itself: of a GGUF its key-value pairs, of safetensors their {@code __metadata__}. */
    public Map<String, String> metadata() {
        return root.files.getFirst().metadata();
    }

    /** The component's first file. */
    public Path path() {
        return root.files.getFirst().path();
    }

    /**
     * The tensor as stored (memory-mapped on a CPU, copied to a GPU), of the model's lifetime; an encoded one as fp32.
     *
     * @throws EngineException naming the tensor, the expected and the found shape
     */
    public Tensor tensor(String name, long... shape) {
        StoredTensor stored = check(name, shape);
        return own(Scopes.owned(() -> Tensors.to(stored.tensor(), root.device)));
    }

    /**
     * The tensor as stored, in place, valid until this component is closed; of an encoded one a copy in fp32. Owned by the innermost scope.
     * CPU only.
     */
    public Tensor view(String name) {
        return stored(name).tensor();
    }

    /**
     * Writes rows of the matrix {@code name} as fp32.
     *
     * @param out fp32 (rows, columns), contiguous, on the CPU: rows {@code first} and following
     * @param threads that share the work; no tensor is touched on them
     * @throws EngineException naming the tensor where a number is NaN or infinite
     */
    public void decode(String name, long first, Tensor out, int threads) {
        StoredTensor stored = stored(name);
        MemorySegment memory = MappedMemory.bytes(out);
        long rows = out.size(0);
        if (rows == 0) {
            return;
        }
        long row = memory.byteSize() / rows;
        long each = Math.ceilDiv(rows, threads);
        IntStream.range(0, (int) Math.ceilDiv(rows, each)).parallel().forEach(i -> {
            long from = i * each;
            long count = Math.min(each, rows - from);
            stored.decode(first + from, count, memory.asSlice(from * row, count * row));
        });
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
        return root.where.values().stream().mapToLong(StoredTensor::numbers).sum();
    }

    /** Says in the log what of the files was left aside when they were opened. */
    void sayNotes() {
        root.notes.forEach(LOG::warn);
        root.notes.clear();
    }

    /**
     * Ends the building of a model: says what of the files was left aside.
     *
     * @throws EngineException when the component holds tensors that no part of the model asked for
     */
    public void requireAllUsed() {
        sayNotes();
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
     * Writes all tensors of the component, as stored (encoded ones as fp32), to one file, however many files they come from. CPU only.
     *
     * @throws EngineException naming the file when it cannot be written
     */
    public void copyTo(Path file) {
        List<SafetensorsWriter.Declared> declared = new ArrayList<>();
        root.where.forEach(
                (name, from) -> declared.add(new SafetensorsWriter.Declared(name, from.type(), from.shape())));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, declared, Map.of("format", "pt"))) {
            root.where.forEach((name, from) -> Scopes.run(() -> writer.put(name, from.tensor())));
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
        root.files.forEach(TensorFile::releasePages);
    }

    /** The tensors by name, whatever this view's prefix. */
    Map<String, StoredTensor> stored() {
        return Collections.unmodifiableMap(root.where);
    }

    private StoredTensor check(String name, long... shape) {
        StoredTensor stored = stored(name);
        long[] found = stored.shape();
        if (!Arrays.equals(found, shape)) {
            throw new EngineException(stored.path() + ": " + prefix + name + ": expected " + Arrays.toString(shape)
                    + ", found " + Arrays.toString(found));
        }
        if (!stored.isFloating()) {
            throw new EngineException(
                    stored.path() + ": " + prefix + name + ": expected a floating-point type, found " + stored.type());
        }
        root.used.add(prefix + name);
        return stored;
    }

    private StoredTensor stored(String name) {
        StoredTensor stored = root.where.get(prefix + name);
        if (stored == null) {
            throw new EngineException(root.folder + ": " + prefix + name + ": missing");
        }
        return stored;
    }

    @Override
    public void close() {
        root.close();
    }

    private static final class Root {
        final Path folder;
        final Device device;
        final Map<String, StoredTensor> where = new LinkedHashMap<>();
        final Set<String> used = new HashSet<>();
        final List<TensorFile> files = new ArrayList<>();
        final List<Tensor> owned = new ArrayList<>();
        final List<String> notes = new ArrayList<>();

        Root(Path folder, Device device) {
            this.folder = folder;
            this.device = device;
        }

        void close() {
            Scopes.close(owned);
            owned.clear();
            files.forEach(TensorFile::close);
            files.clear();
        }
    }
}
