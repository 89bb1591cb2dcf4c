package dev.atelier.cli;

import dev.atelier.engine.tensor.EngineException;
import dev.atelier.hub.HubException;
import dev.atelier.reason.Reasons;
import dev.atelier.server.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into one clear line and an exit code; stack traces are for {@code --verbose}. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Terminal terminal;

    Failures(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        terminal.note("atelier: " + plain(firstLine(e.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, new java.io.PrintWriter(terminal.err(), true));
        terminal.note("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
        return report(e, ((Atelier) command.getCommandSpec().root().userObject()).isVerbose());
    }

    int report(Throwable failure, boolean verbose) {
        if (failure instanceof CancellationException) {
            terminal.note("atelier: stopped");
            return ExitCode.INTERRUPTED;
        }
        terminal.note("atelier: " + describe(failure));
        if (failure instanceof StartException start) {
            terminal.note(start.hint());
        }
        if (verbose) {
            failure.printStackTrace(terminal.err());
        }
        return failure instanceof UsageException || failure instanceof IllegalArgumentException
                ? ExitCode.USAGE
                : ExitCode.FAILURE;
    }

    /** Options that parsed but do not fit together or the machine. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    private static String describe(Throwable failure) {
        return switch (failure) {
            case UncheckedIOException e -> describe(e.getCause());
            case NoSuchFileException e -> e.getFile() + ": no such file";
            case FileSystemException e -> e.getFile() + ": " + Reasons.of(e);
            case OutOfMemoryError _ -> "not enough memory for this request; try a smaller size or fewer images";
            case UsageException e -> e.getMessage();
            case HubException e -> e.getMessage();
            case EngineException e -> firstLine(e.getMessage());
            case InvalidPathException e -> "'" + e.getInput().replace("\0", "\\0") + "' is no path of a file";
            case IllegalArgumentException e when isOurs(e) -> firstLine(e.getMessage());
            case IOException e -> Reasons.of(e);
            case RuntimeException e when e.getClass().getName().startsWith("dev.atelier.") -> firstLine(e.getMessage());
            default ->
                "internal error (" + failure.getClass().getSimpleName()
                        + (isOurs(failure) ? ": " + firstLine(failure.getMessage()) : "")
                        + "); run again with --verbose and report it";
        };
    }

    /** Whether the message is one of Atelier's: raised by its code, not below it by a library that it called. */
    private static boolean isOurs(Throwable e) {
        return e.getMessage() != null
                && !(e instanceof NumberFormatException)
                && Arrays.stream(e.getStackTrace())
                        .limit(1)
                        .allMatch(frame -> frame.getClassName().startsWith("dev.atelier."));
    }

    /** Picocli's messages with the names of Java's types in plain words. */
    private static String plain(String message) {
        return message.replaceFirst(
                        "is not an? (int|long|short|byte|BigInteger)$", "is not a whole number in its range")
                .replaceFirst("is not a (double|float|BigDecimal)$", "is not a number")
                .replaceFirst("is not a boolean$", "is not true or false")
                .replaceFirst("cannot convert (.*) to \\w+ \\(.*\\)$", "$1 cannot be read");
    }

    private static String firstLine(String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("no message");
    }
}
