package dev.atelier.training.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Pictures in a folder and its subfolders, each with its caption in a {@code .txt} of the same name beside it. */
final class FolderScan {
    private static final int MAX_DEPTH = 16;

    private FolderScan() {}

    static void scan(DatasetFolder folder, DatasetEntries into) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder.root(), MAX_DEPTH)) {
            files = walk.filter(file -> isPicture(folder.root().relativize(file)) && !Files.isDirectory(file))
                    .limit(DatasetEntries.MAX_ENTRIES + 1L)
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = folder.root().relativize(file).toString();
            into.add(name, () -> new CaptionedPicture(folder.picture(name), caption(file), List.of()));
        }
    }

    /** Hidden files are what systems and editors leave, not pictures. */
    private static boolean isPicture(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        return DatasetFolder.isPicture(relative.toString());
    }

    private static String caption(Path picture) throws SkippedException {
        String name = picture.getFileName().toString();
        Path text = picture.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".txt");
        if (!Files.isRegularFile(text)) {
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
