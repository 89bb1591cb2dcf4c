package dev.atelier.cli;

/** What the process says to its caller when it ends. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILURE = 1;
    /** The command line was wrong. */
    static final int USAGE = 2;
    /** Ctrl-C, as shells count it: 128 + SIGINT. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
