package dev.atelier.training.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A shard in the form of WebDataset: members of one example share a name up to its first dot, {@code KEY.png} (or another picture
 * format), {@code KEY.txt}, {@code KEY.caption} or {@code KEY.json} (with {@code caption} or {@code text}), and for edits {@code KEY.ref0.png},
 * {@code KEY.ref1.png} and on. Nothing is unpacked: a picture is read from its place in the archive when it is needed.
 */
final class TarScan {
    private static final Pattern REFERENCE = Pattern.compile("ref([0-9]{1,2})\\.[a-z]+");

    private static final int HEAD_BYTES = 4096;

    private final Path shard;
    private final Map<String, Example> examples = new LinkedHashMap<>();

    /** Members seen so far. */
    private static final class Example {
        PictureSource picture;
        String caption = "";
        final TreeMap<Integer, PictureSource> references = new TreeMap<>();
        SkippedException wrong;
    }

    private TarScan(Path shard) {
        this.shard = shard;
    }

    static void scan(Path shard, DatasetEntries into) {
        TarScan scan = new TarScan(shard);
        scan.read(into.skipped());
        scan.examples.forEach((key, example) -> into.add(shard.getFileName() + ": " + key, () -> entry(example)));
    }

    private static CaptionedPicture entry(Example example) throws SkippedException {
        if (example.wrong != null) {
            throw example.wrong;
        }
        if (example.picture == null) {
            throw new SkippedException(SkipReason.MISSING, "no picture of that name");
        }
        return new CaptionedPicture(example.picture, example.caption, List.copyOf(example.references.values()));
    }

    /** A shard that is cut off or damaged gives what stands before the damage. */
    private void read(SkipLog skipped) {
        int members = 0;
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(shard)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                members++;
                if (entry.isFile() && !entry.isSparse() && examples.size() <= DatasetEntries.MAX_ENTRIES) {
                    member(entry, tar);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            skipped.add(
                    SkipReason.UNREADABLE,
                    shard.getFileName().toString(),
                    "after " + members + " members the archive is damaged or cut off");
        }
    }

    private void member(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        String name = entry.getName();
        int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
        if (dot <= name.lastIndexOf('/') + 1) {
            return;
        }
        String key = name.substring(0, dot);
        String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        Matcher reference = REFERENCE.matcher(ending);
        if (Captions.isCaption(ending) || ending.equals("json")) {
            Example example = example(key);
            try {
                example.caption = caption(entry, ending, tar);
            } catch (SkippedException e) {
                example.wrong = e;
            }
        } else if (DatasetFolder.isPicture(name)) {
            long offset = tar.getBytesRead();
            if (DatasetFolder.isForeign(name)) {
                try {
                    DatasetFolder.requireReadable(name, tar.readNBytes(HEAD_BYTES));
                } catch (SkippedException e) {
                    example(key).wrong = e;
                    return;
                }
            }
            PictureSource source =
                    PictureSource.part(shard.getFileName() + ": " + name, shard, offset, entry.getSize());
            if (reference.matches()) {
                example(key).references.put(Integer.parseInt(reference.group(1)), source);
            } else {
                example(key).picture = source;
            }
        }
    }

    private Example example(String key) {
        return examples.computeIfAbsent(key, _ -> new Example());
    }

    private static String caption(TarArchiveEntry entry, String ending, TarArchiveInputStream tar)
            throws IOException, SkippedException {
        if (entry.getSize() > Captions.MAX_BYTES) {
            Captions.requireLength(entry.getSize());
        }
        String text = Captions.decode(tar.readNBytes(Captions.MAX_BYTES));
        return ending.equals("json") ? JsonEntry.parse(text).caption() : text;
    }
}
