package dev.atelier.training.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Pictures in a folder and its subfolders, each with its caption in a {@code .txt} or {@code .caption} of the same name beside it. */
final class FolderScan {
    private static final int MAX_DEPTH = 16;

    private FolderScan() {}

    static void scan(DatasetFolder folder, DatasetEntries into) throws IOException {
        List<Path> pictures = new ArrayList<>();
        Map<Path, Path> captions = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder.root(), MAX_DEPTH)) {
            walk.filter(file -> !isHidden(folder.root().relativize(file)) && !Files.isDirectory(file))
                    .sorted()
                    .takeWhile(_ -> pictures.size() <= DatasetEntries.MAX_ENTRIES)
                    .forEach(file -> sort(file, pictures, captions));
        }
        Map<Path, Path> alone = new TreeMap<>(captions);
        for (Path file : pictures) {
            String name = folder.root().relativize(file).toString();
            alone.remove(stem(file));
            into.add(
                    name,
                    () -> new CaptionedPicture(folder.picture(name), caption(captions.get(stem(file))), List.of()));
        }
        alone.values()
                .forEach(caption -> into.skipped()
                        .add(
                                SkipReason.MISSING,
                                folder.root().relativize(caption).toString(),
                                "no picture of that name"));
    }

    private static void sort(Path file, List<Path> pictures, Map<Path, Path> captions) {
        String name = file.getFileName().toString();
        String extension = DatasetFolder.extension(name);
        if (DatasetFolder.isPicture(name)) {
            pictures.add(file);
        } else if (extension.equals("txt")) {
            captions.put(stem(file), file);
        } else if (Captions.isCaption(extension)) {
            captions.putIfAbsent(stem(file), file);
        }
    }

    private static Path stem(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')));
    }

    /** Hidden files are what systems and editors leave, not pictures. */
    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /** @param text may be null: there is no caption */
    private static String caption(Path text) throws SkippedException {
        if (text == null) {
            return "";
        }
        try (var in = Files.newInputStream(text)) {
            byte[] bytes = in.readNBytes(Captions.MAX_BYTES + 1);
            if (bytes.length > Captions.MAX_BYTES) {
                Captions.requireLength(Files.size(text));
            }
            return Captions.decode(bytes);
        } catch (IOException e) {
            throw SkippedException.of(e);
        }
    }
}
