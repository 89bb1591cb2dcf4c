package dev.atelier.engine.nn;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.OneDnn;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.engine.weights.SafetensorsFile;
import dev.atelier.engine.weights.SafetensorsWriter;
import dev.atelier.engine.weights.SafetensorsWriter.Declared;
import dev.atelier.engine.weights.Weights;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The large linear weights of a component in 8 bits, one scale a row. They are made once from the stored weights and kept in a
 * safetensors file beside other models' ({@code NAME}: int8 (out, in), {@code NAME.scale}: fp32 (out)); later starts map that file
 * into memory. It is named by a fingerprint of the files it was made from and by how this processor multiplies, appears only when it is
 * whole, and is made again when it does not hold all that is needed.
 *
 * <p>Chosen are the matrices of repeated blocks; embedders, modulations, the last projection and small matrices stay as stored. So do
 * matrices whose 8-bit product is too far from the plain one; their scale in the file is NaN.
 */
public final class Int8Weights implements AutoCloseable {
    /** Prepares nothing. */
    public static final Int8Weights NONE = new Int8Weights(null, Map.of());

    /** Smaller matrices stay as they are: they need little memory, and rounding each call's input would cost what is won. */
    static final long MIN_NUMBERS = 1L << 18;

    private static final Logger LOG = LoggerFactory.getLogger(Int8Weights.class);
    private static final String ROWS = "int8-rows-2";
    private static final String PAIRS = "int8-pairs-2";

    /** Usual are 0.012 to 0.015; more than this would cost the picture. */
    private static final double MAX_ERROR = 0.1;

    private static final Pattern IN_REPEATED_BLOCK = Pattern.compile(".+\\.\\d+\\..+\\.weight");
    private static final long RELEASE_BYTES = 1L << 28;
    private static final Object PREPARING = new Object();

    private final SafetensorsFile file;
    private final Map<String, Tensor> tensors;

    private Int8Weights(SafetensorsFile file, Map<String, Tensor> tensors) {
        this.file = file;
        this.tensors = tensors;
    }

    /**
     * Opens the prepared weights of {@code source}, preparing them first where that has not been done. Needs no more memory than one
     * matrix in fp32.
     *
     * @param source a whole component
     * @param cacheDir where prepared files are kept
     * @param needed which of the component's tensors the model will use
     * @throws EngineException naming the file when it cannot be written
     */
    public static Int8Weights open(Weights source, Path cacheDir, Predicate<String> needed) {
        List<String> chosen = source.names().stream()
                .filter(name -> needed.test(name) && isLargeMatrixOfBlock(source, name))
                .toList();
        if (chosen.isEmpty()) {
            return NONE;
        }
        List<Declared> declared = new ArrayList<>();
        for (String name : chosen) {
            long[] shape = source.shape(name);
            declared.add(new Declared(name, DType.I8, shape));
            declared.add(new Declared(scaleName(name), DType.F32, shape[0]));
        }
        String fingerprint = source.fingerprint();
        Path path = cacheDir.resolve(fingerprint + (OneDnn.cutsOffPairs() ? "-pairs" : "") + ".safetensors");
        SafetensorsFile file = whole(path, declared);
        if (file == null) {
            prepare(source, chosen, declared, path);
            file = SafetensorsFile.open(path);
        }
        Map<String, Tensor> tensors = new HashMap<>();
        SafetensorsFile open = file;
        for (String name : chosen) {
            Tensor scale = Scopes.owned(() -> open.tensor(scaleName(name)));
            if (Scopes.plain(() -> Double.isNaN(scale.select(0, 0).item_double()))) {
                scale.close();
                continue;
            }
            tensors.put(scaleName(name), scale);
            tensors.put(name, Scopes.owned(() -> open.tensor(name)));
        }
        return new Int8Weights(file, tensors);
    }

    private static boolean isLargeMatrixOfBlock(Weights source, String name) {
        long[] shape = source.shape(name);
        return shape.length == 2
                && Math.min(shape[0], shape[1]) > 1
                && shape[0] * shape[1] >= MIN_NUMBERS
                && source.type(name).isFloating()
                && IN_REPEATED_BLOCK.matcher(name).matches();
    }

    private static String format() {
        return OneDnn.cutsOffPairs() ? PAIRS : ROWS;
    }

    private static String scaleName(String name) {
        return name + ".scale";
    }

    /** The file, if it is there and holds all that is declared; null otherwise. */
    private static SafetensorsFile whole(Path path, List<Declared> declared) {
        if (!Files.exists(path)) {
            return null;
        }
        SafetensorsFile file;
        try {
            file = SafetensorsFile.open(path);
        } catch (EngineException e) {
            LOG.warn("{} is damaged and will be made again: {}", path, e.getMessage());
            return null;
        }
        boolean complete = format().equals(file.metadata().get("format"))
                && declared.stream()
                        .allMatch(d -> file.names().contains(d.name())
                                && file.type(d.name()) == d.type()
                                && Arrays.equals(file.shape(d.name()), d.shape()));
        if (!complete) {
            LOG.warn("{} does not hold the weights that are needed and will be made again", path);
            file.close();
            return null;
        }
        return file;
    }

    /** One process and one thread at a time prepares: two would write the same gigabytes. */
    private static void prepare(Weights source, List<String> chosen, List<Declared> declared, Path path) {
        Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
        synchronized (PREPARING) {
            try {
                Files.createDirectories(path.toAbsolutePath().getParent());
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock _ = channel.lock()) {
                    SafetensorsFile made = whole(path, declared);
                    if (made != null) {
                        made.close();
                        return;
                    }
                    deleteLeftovers(path);
                    write(source, chosen, declared, path);
                }
            } catch (IOException e) {
                throw new EngineException(path + ": 8-bit weights cannot be prepared: " + Reasons.of(e), e);
            }
        }
    }

    /** Parts of this file that a process left when it died. */
    private static void deleteLeftovers(Path path) throws IOException {
        try (DirectoryStream<Path> parts =
                Files.newDirectoryStream(path.toAbsolutePath().getParent(), "." + path.getFileName() + ".*.part")) {
            for (Path part : parts) {
                Files.delete(part);
            }
        }
    }

    private static void write(Weights source, List<String> chosen, List<Declared> declared, Path path) {
        LOG.info("preparing {} 8-bit weights of {} (once)", chosen.size(), source.folder());
        try (WideningBuffer buffer = new WideningBuffer();
                SafetensorsWriter writer = SafetensorsWriter.create(path, declared, Map.of("format", format()))) {
            long touched = 0;
            for (String name : chosen) {
                Scopes.run(() -> {
                    Tensor plain = Tensors.to(source.view(name), DType.F32);
                    Int8Linear.Rounded rounded = Int8Linear.roundWeight(plain, OneDnn.cutsOffPairs());
                    Tensor scale = rounded.scale().flatten();
                    double error = ProductCheck.error(new Int8Linear(rounded.numbers(), scale, null, buffer), plain);
                    if (!(error <= MAX_ERROR)) {
                        LOG.warn(
                                "{} of {}: its 8-bit product is off by {}; it stays as stored",
                                name,
                                source.folder(),
                                error);
                        scale.fill_(new Scalar(Double.NaN));
                    }
                    writer.put(name, rounded.numbers());
                    writer.put(scaleName(name), scale);
                });
                touched += Arrays.stream(source.shape(name)).reduce(1, Math::multiplyExact)
                        * source.type(name).bytes();
                if (touched > RELEASE_BYTES) {
                    source.releasePages();
                    touched = 0;
                }
            }
            source.releasePages();
            writer.finish();
        }
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** int8 (out, in) */
    Tensor numbers(String name) {
        return tensors.get(name);
    }

    /** fp32 (out) */
    Tensor scale(String name) {
        return tensors.get(scaleName(name));
    }

    /** Drops the file's pages from resident memory until they are touched again. */
    public void releasePages() {
        if (file != null) {
            file.releasePages();
        }
    }

    @Override
    public void close() {
        Scopes.close(tensors.values());
        if (file != null) {
            file.close();
        }
    }
}
