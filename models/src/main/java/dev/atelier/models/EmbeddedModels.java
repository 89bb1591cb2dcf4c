package dev.atelier.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The models that this jar carries, as folders on disk, because weights are mapped into memory from files. */
public final class EmbeddedModels {
    /** What is used when no model is named. */
    public static final String DEFAULT = "seedling-1";

    private static final String ROOT = "dev/atelier/models/";
    private static final String INDEX = "/model_index.json";

    private final ClassLoader classes;

    public EmbeddedModels() {
        this(EmbeddedModels.class.getClassLoader());
    }

    EmbeddedModels(ClassLoader classes) {
        this.classes = classes;
    }

    /** Whether this build carries {@code name}. */
    public boolean has(String name) {
        return classes.getResource(ROOT + name + INDEX) != null;
    }

    /**
     * The folder of {@code name} in the layout of Hugging Face: where the class path is a folder, that one; else
     * {@code parent/NAME-CHECKSUM}, unpacked there once. Processes that unpack at the same time do not disturb each other.
     *
     * @throws IllegalArgumentException when this build carries no such model
     * @throws UncheckedIOException when it cannot be unpacked
     */
    public Path folder(String name, Path parent) {
        URL index = classes.getResource(ROOT + name + INDEX);
        if (index == null) {
            throw new IllegalArgumentException("model: this build carries no '" + name + "'");
        }
        try {
            if (index.getProtocol().equals("file")) {
                return Path.of(index.toURI()).getParent();
            }
            JarURLConnection connection = (JarURLConnection) index.openConnection();
            try (JarFile jar = new JarFile(
                    Path.of(URI.create(connection.getJarFileURL().toString())).toFile())) {
                return unpack(jar, name, parent);
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("model: " + index + " is no place of a model", e);
        } catch (IOException e) {
            throw new UncheckedIOException("model " + name + " cannot be unpacked to " + parent, e);
        }
    }

    private static Path unpack(JarFile jar, String name, Path parent) throws IOException {
        String prefix = ROOT + name + "/";
        List<JarEntry> files = jar.stream()
                .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
                .sorted(Comparator.comparing(JarEntry::getName))
                .toList();
        Path folder = parent.resolve(name + "-" + checksum(files));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(parent);
        Path part = Files.createTempDirectory(parent, "." + name + "-");
        try {
            for (JarEntry file : files) {
                Path target =
                        part.resolve(file.getName().substring(prefix.length())).normalize();
                if (!target.startsWith(part)) {
                    throw new IOException("the jar names a file outside the model: " + file.getName());
                }
                Files.createDirectories(target.getParent());
                try (var in = jar.getInputStream(file)) {
                    Files.copy(in, target);
                }
            }
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            // Another process was quicker and put the same files there.
            delete(part);
        } catch (IOException e) {
            delete(part);
            throw e;
        }
        return folder;
    }

    private static String checksum(List<JarEntry> files) {
        CRC32 crc = new CRC32();
        for (JarEntry file : files) {
            crc.update((file.getName() + " " + file.getSize() + " " + file.getCrc() + "\n")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return String.format("%08x", crc.getValue());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
