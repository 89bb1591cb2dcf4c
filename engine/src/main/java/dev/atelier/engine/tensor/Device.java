package dev.atelier.engine.tensor;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;

/** Where tensors live and products run: {@code cpu} or {@code cuda:N}. */
public record Device(Kind kind, int index) {
    public static final Device CPU = new Device(Kind.CPU, 0);

    /** What a device is. */
    public enum Kind {
        CPU,
        CUDA
    }

    /**
     * Parses {@code cpu}, {@code cuda} (device 0) or {@code cuda:N}.
     *
     * @throws EngineException for any other text, naming it
     */
    public static Device parse(String text) {
        if (text.equals("cpu")) {
            return CPU;
        }
        if (text.equals("cuda")) {
            return new Device(Kind.CUDA, 0);
        }
        if (text.matches("cuda:[0-9]{1,2}")) {
            return new Device(Kind.CUDA, Integer.parseInt(text.substring(5)));
        }
        throw new EngineException("device: '" + text + "' is none of cpu, cuda, cuda:N");
    }

    public boolean isCuda() {
        return kind == Kind.CUDA;
    }

    /** The type that models compute in: bfloat16 on a GPU; a CPU has few 16-bit instructions and takes float32. */
    public DType computeType() {
        return isCuda() ? DType.BF16 : DType.F32;
    }

    /**
     * Checks that the device is there.
     *
     * @throws EngineException naming what is missing: the CUDA build of libtorch, the driver, or the device
     */
    public void requireAvailable() {
        if (kind == Kind.CPU) {
            return;
        }
        if (!torch.hasCUDA()) {
            throw new EngineException("device " + this + ": this build of libtorch has no CUDA (build with"
                    + " './mvnw -Pcuda package'), or no NVIDIA driver answers");
        }
        int devices = torch_cuda.device_count();
        if (index >= devices) {
            throw new EngineException(
                    "device " + this + ": this machine has " + devices + " CUDA device(s), numbered from 0");
        }
    }

    /** The device in libtorch's own form, owned by the innermost scope. */
    public org.bytedeco.pytorch.Device toTorch() {
        return new org.bytedeco.pytorch.Device(toString());
    }

    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "cuda:" + index;
    }
}
