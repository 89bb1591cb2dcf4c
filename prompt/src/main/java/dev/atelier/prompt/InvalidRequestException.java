package dev.atelier.prompt;

/** A request that breaks a bound. The message is meant for the caller: it names the field, the value and the bound. */
public final class InvalidRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String bound;

    /**
     * @param field the field as the HTTP surfaces name it, such as {@code size}
     * @param value what was given, such as {@code 100*100 is 10,000 pixels}
     * @param bound what is allowed, such as {@code at least 65,536 are needed}
     */
    public InvalidRequestException(String field, String value, String bound) {
        super(field + ": " + value + "; " + bound);
        this.field = field;
        this.value = value;
        this.bound = bound;
    }

    public String field() {
        return field;
    }

    public String value() {
        return value;
    }

    public String bound() {
        return bound;
    }
}
