package dev.atelier.server.catalog;

import dev.atelier.server.AtelierProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Finds the folder of a model. Embedded ones lie on the class path and are unpacked into the data folder once, because weights
 * are mapped into memory from a file.
 */
@Component
public class ModelFolders {
    private static final String EMBEDDED = "embedded:";
    private static final String FOLDER = "folder:";
    private static final String CLASS_PATH = "dev/atelier/models/";

    private final Path unpacked;

    ModelFolders(AtelierProperties properties) {
        unpacked = properties.data().resolve("models");
    }

    /**
     * The model's folder in the layout of Hugging Face.
     *
     * @throws IllegalStateException when there is none, saying where it was looked for
     */
    public Path folder(ModelEntry model) {
        String source = model.source();
        if (source.startsWith(FOLDER)) {
            Path folder = Path.of(source.substring(FOLDER.length()));
            if (!Files.isRegularFile(folder.resolve("model_index.json"))) {
                throw new IllegalStateException("model " + model.id() + ": " + folder.toAbsolutePath()
                        + " is no model folder: it has no model_index.json");
            }
            return folder;
        }
        if (source.startsWith(EMBEDDED)) {
            return embedded(model.id(), source.substring(EMBEDDED.length()));
        }
        throw new IllegalStateException(
                "model " + model.id() + ": source '" + source + "' is neither embedded:NAME nor folder:PATH");
    }

    private Path embedded(String id, String name) {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:" + CLASS_PATH + name + "/**/*.*");
            if (Arrays.stream(files).noneMatch(f -> "model_index.json".equals(f.getFilename()))) {
                throw new IllegalStateException("model " + id + ": this build embeds no model '" + name
                        + "' (no class path folder " + CLASS_PATH + name
                        + " with a model_index.json); name a model folder in the"
                        + " catalog: source: folder:PATH");
            }
            Path folder = unpacked.resolve(name);
            String fingerprint = fingerprint(files);
            Path mark = folder.resolve(".unpacked");
            if (!Files.isRegularFile(mark) || !Files.readString(mark).equals(fingerprint)) {
                unpack(files, name, folder);
                Files.writeString(mark, fingerprint);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("model " + id + ": cannot unpack '" + name + "' to " + unpacked, e);
        }
    }

    /** Each file lands under its name whole or not at all; the mark is written last. */
    private static void unpack(Resource[] files, String name, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve(".unpacked"));
        for (Resource file : files) {
            Path target = folder.resolve(relative(file, name));
            Files.createDirectories(target.getParent());
            Path part = target.resolveSibling(target.getFileName() + ".part");
            try (InputStream in = file.getInputStream()) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static String relative(Resource file, String name) throws IOException {
        String url = file.getURL().toString();
        String prefix = CLASS_PATH + name + "/";
        return url.substring(url.lastIndexOf(prefix) + prefix.length());
    }

    private static String fingerprint(Resource[] files) {
        return String.join(
                "\n", Stream.of(files).map(ModelFolders::line).sorted().toList());
    }

    private static String line(Resource file) {
        try {
            return file.getURL().getPath() + " " + file.contentLength() + " " + file.lastModified();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
