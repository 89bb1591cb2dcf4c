package dev.atelier.mcp.tool;

/** Arguments that the tool itself refuses, with all that its caller needs to mend them in one step. */
final class ParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ParameterException(String message) {
        super(message);
    }
}
