package dev.atelier.engine.weights;

import dev.atelier.engine.tensor.DType;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.engine.tensor.MappedMemory;
import dev.atelier.engine.tensor.Scopes;
import dev.atelier.engine.tensor.Tensors;
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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;

/**
 * A memory-mapped safetensors file. Tensors are views of the mapping: nothing is read before it is used. The file owns the
 * mapping; close the tensors first.
 */
public final class SafetensorsFile implements AutoCloseable {
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
     * Opens and checks {@code path}.
     *
     * @throws EngineException when the file is missing, unreadable, truncated or not well formed
     */
    public static SafetensorsFile open(Path path) {
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
            throw new EngineException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] headerBytes(Path path, FileChannel channel, long size) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(channel, length);
        long headerBytes = length.flip().remaining() == SafetensorsHeader.LENGTH_BYTES ? length.getLong() : -1;
        long bound = Math.min(SafetensorsHeader.MAX_HEADER_BYTES, size - SafetensorsHeader.LENGTH_BYTES);
        if (headerBytes < 2 || headerBytes > bound) {
            throw new EngineException(
                    path + ": header length " + headerBytes + " is not in 2 to " + bound + " (is it truncated?)");
        }
        ByteBuffer json = ByteBuffer.allocate((int) headerBytes);
        readFully(channel, json);
        return json.array();
    }

    private static void readFully(FileChannel channel, ByteBuffer into) throws IOException {
        while (into.hasRemaining() && channel.read(into) >= 0) {
            // read() may return less than asked for
        }
    }

    public Path path() {
        return path;
    }

    public Set<String> names() {
        return header.entries().keySet();
    }

    /** The free-form {@code __metadata__} of the header. */
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
        if (slice.address() % entry.type().bytes() == 0) {
            return MappedMemory.view(slice, entry.type(), entry.shape());
        }
        return Scopes.scoped(() -> MappedMemory.copy(slice, entry.type(), entry.shape()));
    }

    /** A copy of the named tensor on {@code device}, independent of this file; owned by the innermost scope. */
    public Tensor copy(String name, Device device) {
        return Scopes.scoped(() -> {
            Tensor view = tensor(name);
            return device.isCuda() ? Tensors.to(view, device) : view.clone();
        });
    }

    /** Lets the system drop the pages of this file from this process's resident memory; they come back when touched. */
    public void releasePages() {
        if (data.byteSize() > 0) {
            MappedMemory.releasePages(data);
        }
    }

    /** Name, size, time of change and a hash of the header: what tells this file from another state of it without reading it all. */
    String fingerprint() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            String header = HexFormat.of().formatHex(sha256().digest(headerBytes(path, channel, size)));
            return path.getFileName() + " " + size + " "
                    + Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS) + " " + header + "\n";
        } catch (IOException e) {
            throw new EngineException(path + ": cannot be read: " + e.getMessage(), e);
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
