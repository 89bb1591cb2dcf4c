package dev.atelier.engine.tensor;

/** A failure inside the engine that names what failed; the request that caused it fails, the engine lives. */
public class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        super(message);
    }

    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Translates what libtorch throws (a {@code RuntimeException} whose message carries C++ frames) into its first line.
     * An {@link EngineException} passes unchanged.
     */
    public static EngineException of(String what, RuntimeException failure) {
        if (failure instanceof EngineException engine) {
            return engine;
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String firstLine = message.lines().findFirst().orElse(message);
        if (firstLine.contains("out of memory") || firstLine.contains("can't allocate memory")) {
            return new OutOfDeviceMemoryException(what + ": " + firstLine, failure);
        }
        return new EngineException(what + ": " + firstLine, failure);
    }

    /** The device has not enough memory for this request; a smaller one may succeed. */
    public static final class OutOfDeviceMemoryException extends EngineException {
        private static final long serialVersionUID = 1L;

        OutOfDeviceMemoryException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
