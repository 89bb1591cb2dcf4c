package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.MappedMemory;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
import dev.atelier.reason.ForeignContent;
import dev.atelier.reason.Reasons;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;

/**
 * A memory-mapped safetensors file. Tensors are views of the mapping: nothing is read before it is used. The file owns the
 * mapping; close the tensors first.
 */
public final class SafetensorsFile implements TensorFile {
    /** Enough to tell by, and to show the beginning of a text that is no safetensors file. */
    private static final int START_BYTES = 160;

    private final Path path;
    private final SafetensorsHeader header;
    private final Arena arena;
    private final MemorySegment data;

    private SafetensorsFile(Path path, SafetensorsHeader header, Arena arena, MemorySegment data) {
        this.path = path;
        this.header = header;
        this.arena = arena;
        this.data = data;
    }

    /**
     * Opens and checks {@code path}, a file of numbers that are used in place.
     *
     * @throws EngineException when the file is missing, unreadable, truncated, not well formed or holds floats of 8 bits
     */
    public static SafetensorsFile open(Path path) {
        SafetensorsFile file = openStored(path);
        file.header.entries().forEach((name, entry) -> {
            if (entry.type() == null) {
                file.close();
                throw new EngineException(path + ": " + name + ": stored as " + entry.format()
                        + " (floats of 8 bits); files in F32, F16 or BF16 are read");
            }
        });
        return file;
    }

    /** As {@link #open}, of a file that may hold floats of 8 bits, which only {@link #stored} gives out. */
    static SafetensorsFile openStored(Path path) {
        ForeignFiles.refuse(path, "the weights");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            SafetensorsHeader header = SafetensorsHeader.parse(path, headerBytes(path, channel, size), size);
            // Shared: the mapping is read by the device's thread and by worker threads that quantise.
            Arena arena = Arena.ofShared();
            MemorySegment data = size == header.dataStart()
                    ? MemorySegment.NULL
                    : channel.map(FileChannel.MapMode.READ_ONLY, header.dataStart(), size - header.dataStart(), arena);
            return new SafetensorsFile(path, header, arena, data);
        } catch (IOException e) {
            throw new EngineException(path + ": cannot be read: " + Reasons.of(e), e);
        }
    }

    private static byte[] headerBytes(Path path, FileChannel channel, long size) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(START_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, start);
        start.flip();
        boolean plausible = start.remaining() > SafetensorsHeader.LENGTH_BYTES
                && start.get(SafetensorsHeader.LENGTH_BYTES) == '{'
                && start.getLong(0) >= 2
                && start.getLong(0) <= SafetensorsHeader.MAX_HEADER_BYTES;
        if (!plausible) {
            byte[] head = new byte[start.remaining()];
            start.get(head);
            throw new EngineException(path + " is no safetensors file"
                    + ForeignContent.text(head)
                            .map(text -> " but a text that begins with '" + text + "'")
                            .orElse(size < START_BYTES ? ": it has only " + size + " bytes" : ""));
        }
        long headerBytes = start.getLong(0);
        if (headerBytes > size - SafetensorsHeader.LENGTH_BYTES) {
            throw new EngineException(path + " is truncated: it has " + size + " bytes, its header alone needs "
                    + (SafetensorsHeader.LENGTH_BYTES + headerBytes) + "; download it again");
        }
        ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
        channel.position(SafetensorsHeader.LENGTH_BYTES);
        readFully(channel, json);
        return json.array();
    }

    private static void readFully(FileChannel channel, ByteBuffer into) throws IOException {
        while (into.hasRemaining() && channel.read(into) >= 0) {
            // read() may return less than asked for
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Map<String, StoredTensor> stored() {
        Map<String, StoredTensor> out = new LinkedHashMap<>();
        header.entries().forEach((name, entry) -> {
            MemorySegment bytes = entry.bytes() == 0
                    ? MemorySegment.ofArray(new byte[0])
                    : data.asSlice(entry.begin(), entry.bytes());
            out.put(
                    name,
                    entry.type() == null
                            ? StoredTensor.of(path, name, entry.format(), bytes, entry.shape())
                            : StoredTensor.plain(path, name, entry.type(), bytes, entry.shape()));
        });
        return out;
    }

    public Set<String> names() {
        return header.entries().keySet();
    }

    /** The free-form {@code __metadata__} of the header. */
    @Override
    public Map<String, String> metadata() {
        return header.metadata();
    }

    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    public DType type(String name) {
        return entry(name).type();
    }

    /** The named tensor as a read-only view of the mapping, valid until this file is closed; owned by the innermost scope. */
    public Tensor tensor(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        if (entry.bytes() == 0) {
            return Tensors.empty(entry.type(), entry.shape());
        }
        MemorySegment slice = data.asSlice(entry.begin(), entry.bytes());
        return StoredTensor.plain(path, name, entry.type(), slice, entry.shape())
                .tensor();
    }

    /** A copy of the named tensor on {@code device}, independent of this file; owned by the innermost scope. */
    public Tensor copy(String name, Device device) {
        return Scopes.scoped(() -> {
            Tensor view = tensor(name);
            return device.isCuda() ? Tensors.to(view, device) : view.clone();
        });
    }

    @Override
    public void releasePages() {
        if (data.byteSize() > 0) {
            MappedMemory.releasePages(data);
        }
    }

    /** Name, size, time of change and a hash of the header: what tells this file from another state of it without reading it all. */
    @Override
    public String fingerprint() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            String header = HexFormat.of().formatHex(sha256().digest(headerBytes(path, channel, size)));
            return path.getFileName() + " " + size + " "
                    + Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS) + " " + header + "\n";
        } catch (IOException e) {
            throw new EngineException(path + ": cannot be read: " + Reasons.of(e), e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new EngineException(path + ": " + name + ": missing");
        }
        return entry;
    }

    @Override
    public void close() {
        arena.close();
    }
}
