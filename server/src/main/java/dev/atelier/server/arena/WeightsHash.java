package dev.atelier.server.arena;

import dev.atelier.server.catalog.Catalog;
import dev.atelier.server.catalog.ModelEntry;
import dev.atelier.server.catalog.ModelFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** SHA-256 over the names and contents of a model's {@code .safetensors} files, so that votes say of which weights they speak. */
@Component
class WeightsHash {
    private static final Logger log = LoggerFactory.getLogger(WeightsHash.class);

    private final Catalog catalog;
    private final ModelFolders folders;

    /** By model, for as long as this process runs: what is loaded does not change either. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    WeightsHash(Catalog catalog, ModelFolders folders) {
        this.catalog = catalog;
        this.folders = folders;
    }

    /** Empty where the model is not on this machine. */
    String of(String model) {
        return known.computeIfAbsent(model, this::compute);
    }

    private String compute(String model) {
        try {
            ModelEntry entry = catalog.model(model);
            return of(folders.folder(entry));
        } catch (IllegalArgumentException | IllegalStateException | IOException e) {
            log.warn("the weights of {} are not hashed: {}", model, e.getMessage());
            return "";
        }
    }

    static String of(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            files = all.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList();
        }
        MessageDigest digest = sha256();
        for (Path file : files) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            digest.update((name + "\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
