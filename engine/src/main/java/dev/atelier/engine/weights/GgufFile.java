package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.MappedMemory;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A memory-mapped GGUF file, as llama.cpp, stable-diffusion.cpp and ComfyUI-GGUF write it: nothing is read before it is used. */
final class GgufFile implements TensorFile {
    static final String SUFFIX = ".gguf";

    private final Path path;
    private final GgufHeader header;
    private final Arena arena;
    private final MemorySegment all;
    private final Map<String, StoredTensor> stored = new LinkedHashMap<>();

    private GgufFile(Path path, GgufHeader header, Arena arena, MemorySegment all) {
        this.path = path;
        this.header = header;
        this.arena = arena;
        this.all = all;
        header.entries().forEach((name, entry) -> {
            MemorySegment bytes = all.asSlice(header.dataStart() + entry.offset(), entry.bytes());
            stored.put(name, StoredTensor.of(path, name, entry.format(), bytes, entry.shape()));
        });
    }

    /** @throws EngineException when the file is missing, unreadable, truncated, not well formed or of a type that is not read */
    static GgufFile open(Path path) {
        ForeignFiles.refuse(path, "the weights", GgufHeader.MAGIC);
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            byte[] magic = GgufHeader.MAGIC.getBytes(StandardCharsets.US_ASCII);
            if (all.byteSize() < magic.length
                    || all.asSlice(0, magic.length).mismatch(MemorySegment.ofArray(magic)) >= 0) {
                throw new EngineException(path + " is no GGUF file: it does not begin with 'GGUF'");
            }
            return new GgufFile(path, GgufHeader.parse(path, all), arena, all);
        } catch (IOException e) {
            arena.close();
            throw new EngineException(path + ": cannot be read: " + Reasons.of(e), e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, StoredTensor> stored() {
        return stored;
    }

    @Override
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public void releasePages() {
        MappedMemory.releasePages(all);
    }

    @Override
    public String fingerprint() {
        try {
            byte[] head = all.asSlice(0, header.dataStart()).toArray(ValueLayout.JAVA_BYTE);
            return path.getFileName() + " " + all.byteSize() + " "
                    + Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS) + " "
                    + HexFormat.of().formatHex(SafetensorsFile.sha256().digest(head)) + "\n";
        } catch (IOException e) {
            throw new EngineException(path + ": cannot be read: " + Reasons.of(e), e);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
