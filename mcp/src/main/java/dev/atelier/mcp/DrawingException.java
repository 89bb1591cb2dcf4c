package dev.atelier.mcp;

/** The service refused something, or is not there. */
public final class DrawingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status of HTTP, as the service's own API answers it; 503 when it is not there
     * @param message for the caller: field, value and bound
     */
    public DrawingException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }

    /** Whether other arguments would help, rather than another time. */
    public boolean isOfArguments() {
        return status == 400 || status == 404 || status == 413 || status == 415 || status == 422;
    }
}
