package dev.atelier.cli;

import dev.atelier.engine.hub.HubException;
import dev.atelier.engine.tensor.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
        terminal.note("atelier: " + firstLine(e.getMessage()));
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
            case FileAlreadyExistsException e -> e.getFile() + ": exists already";
            case FileSystemException e ->
                e.getFile() + ": " + (e.getReason() == null ? "cannot be used" : e.getReason());
            case OutOfMemoryError _ -> "not enough memory for this request; try a smaller size or fewer images";
            case UsageException e -> e.getMessage();
            case HubException e -> e.getMessage();
            case EngineException e -> firstLine(e.getMessage());
            case IllegalArgumentException e when e.getMessage() != null -> firstLine(e.getMessage());
            case IOException e when e.getMessage() != null -> firstLine(e.getMessage());
            case RuntimeException e when e.getClass().getName().startsWith("dev.atelier.") -> firstLine(e.getMessage());
            default ->
                "internal error (" + failure.getClass().getSimpleName() + ": " + firstLine(failure.getMessage())
                        + "); run again with --verbose and report it";
        };
    }

    private static String firstLine(String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("no message");
    }
}
