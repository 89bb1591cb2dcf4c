package dev.atelier.engine.tensor;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Tensors over memory that a {@link java.lang.foreign.Arena} owns. */
public final class MappedMemory {
    private static final int MADV_DONTNEED = 4;
    private static final int PAGE = 4096;

    private MappedMemory() {}

    /** A tensor that reads {@code memory} in place; it does not keep the arena alive. */
    public static Tensor view(MemorySegment memory, DType type, long... shape) {
        return torch.from_blob(new Address(memory.address()), shape, Tensors.options(type, Device.CPU));
    }

    /** A tensor with a copy of {@code memory}, which need not be aligned. */
    public static Tensor copy(MemorySegment memory, DType type, long... shape) {
        Tensor out = Tensors.empty(type, shape);
        MemorySegment.ofAddress(out.data_ptr().address())
                .reinterpret(memory.byteSize())
                .copyFrom(memory);
        return out;
    }

    /** The memory of a contiguous CPU tensor, valid as long as the tensor is. */
    public static MemorySegment bytes(Tensor tensor) {
        return tensor.nbytes() == 0
                ? MemorySegment.ofArray(new byte[0])
                : MemorySegment.ofAddress(tensor.data_ptr().address()).reinterpret(tensor.nbytes());
    }

    /**
     * Tells the kernel that the pages of a file mapping are not needed now: they leave this process's resident set and are read
     * again (from the page cache, as a rule) at the next touch. Does nothing where the call is not known.
     */
    public static void releasePages(MemorySegment mapping) {
        long start = (mapping.address() + PAGE - 1) / PAGE * PAGE;
        long end = (mapping.address() + mapping.byteSize()) / PAGE * PAGE;
        if (Madvise.HANDLE == null || end <= start) {
            return;
        }
        try {
            int _ = (int) Madvise.HANDLE.invokeExact(MemorySegment.ofAddress(start), end - start, MADV_DONTNEED);
        } catch (Throwable e) {
            throw new EngineException("madvise: " + e, e);
        }
    }

    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }
    }

    private static final class Madvise {
        static final MethodHandle HANDLE = find();

        private static MethodHandle find() {
            if (!System.getProperty("os.name").equals("Linux")) {
                return null;
            }
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find("madvise")
                    .map(address -> linker.downcallHandle(
                            address,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT)))
                    .orElse(null);
        }
    }
}
