package dev.atelier.training.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A user's pictures with captions, found but not yet decoded. Three forms are read:
 *
 * <ul>
 *   <li>a folder of pictures with a {@code .txt} or {@code .caption} of the same name beside each;
 *   <li>a JSONL file (or a folder with one) of objects with {@code image}, {@code caption} and, for edits, {@code references};
 *   <li>tar shards in WebDataset's form (or a folder of them).
 * </ul>
 *
 * Texts are in UTF-8, or in UTF-16, GB18030 or Windows-1252 where that is sure. What cannot be used is left out and counted in {@link #skipped}, here and later when pictures are decoded.
 */
public final class PictureDataset {
    private final List<CaptionedPicture> entries;
    private final SkipLog skipped;

    private PictureDataset(List<CaptionedPicture> entries, SkipLog skipped) {
        this.entries = List.copyOf(entries);
        this.skipped = skipped;
    }

    /**
     * Finds the pictures of {@code path}, in an order that depends on their names (in a JSONL file and a shard: their places) only.
     *
     * @param otherwise the caption of pictures without one; empty: they are left out
     * @throws IllegalArgumentException when there is nothing to train on, saying why
     * @throws IOException when a folder or a list cannot be read
     */
    public static PictureDataset open(Path path, String otherwise) throws IOException {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException("data: " + path + ": no such folder or file");
        }
        SkipLog skipped = new SkipLog();
        DatasetEntries entries = new DatasetEntries(skipped, otherwise);
        if (Files.isDirectory(path)) {
            directory(path, entries);
        } else if (ends(path, ".jsonl")) {
            JsonLinesScan.scan(path, new DatasetFolder(path.toAbsolutePath().getParent()), entries);
        } else if (ends(path, ".tar")) {
            TarScan.scan(path, entries);
        } else {
            throw new IllegalArgumentException("data: " + path + " is no folder, .jsonl file or .tar shard");
        }
        if (entries.found().isEmpty()) {
            throw new IllegalArgumentException("data: " + path + ": no picture with a caption"
                    + (skipped.total() == 0 ? "" : "; left out: " + String.join("; ", skipped.lines())));
        }
        return new PictureDataset(entries.found(), skipped);
    }

    private static void directory(Path path, DatasetEntries entries) throws IOException {
        DatasetFolder folder = new DatasetFolder(path);
        List<Path> lists = endingWith(folder.root(), ".jsonl");
        List<Path> shards = endingWith(folder.root(), ".tar");
        for (Path compressed : endingWith(folder.root(), ".tar.gz")) {
            entries.skipped()
                    .add(
                            SkipReason.UNREADABLE,
                            compressed.getFileName().toString(),
                            "compressed shards are not read: unpack it to .tar");
        }
        for (Path list : lists) {
            JsonLinesScan.scan(list, folder, entries);
        }
        if (lists.isEmpty()) {
            shards.forEach(shard -> TarScan.scan(shard, entries));
        }
        if (lists.isEmpty() && shards.isEmpty()) {
            FolderScan.scan(folder, entries);
        }
    }

    private static List<Path> endingWith(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> ends(file, ending) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static boolean ends(Path file, String ending) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    public List<CaptionedPicture> entries() {
        return entries;
    }

    /** What was left out so far. */
    public SkipLog skipped() {
        return skipped;
    }
}
