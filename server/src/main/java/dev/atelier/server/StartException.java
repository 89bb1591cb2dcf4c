package dev.atelier.server;

/** The service cannot start, for a reason that its operator can mend: one line, and one on what to do. */
public class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    public StartException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What to do about it. */
    public String hint() {
        return hint;
    }
}
