package dev.atelier.cli;

import java.io.PrintStream;

/**
 * Where a command writes: results on {@code out}, everything else on {@code err}.
 *
 * @param interactive whether a person watches, so that progress may be drawn and redrawn
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {
    static Terminal ofProcess() {
        var console = System.console();
        return new Terminal(System.out, System.err, console != null && console.isTerminal());
    }

    void result(String line) {
        out.println(line);
        out.flush();
    }

    void note(String line) {
        err.println(line);
    }
}
