package dev.atelier.server;

import dev.atelier.server.error.Outages;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;

/** Says in a line why a start failed, and in another what to do. */
public final class StartFailures {
    private static final String EMBEDDED = "jdbc:h2:";
    private static final String VERBOSE = "Run again with --verbose to see where it happened.";
    private static final int DEEPEST = 40;
    private static final int H2_HELD = 90_020;
    private static final int H2_DAMAGED = 90_030;
    private static final Set<String> WRONG_PASSWORD = Set.of("28000", "28P01");
    private static final String NO_PASSWORD = "08004";
    private static final String NO_DATABASE = "3D000";
    private static final String NOT_ALLOWED = "42501";

    private StartFailures() {}

    /**
     * A start's failure in words for people.
     *
     * @param settings as far as they were known
     */
    public static StartException explain(Throwable failure, Environment settings) {
        return causes(failure)
                .flatMap(cause -> explanation(cause, failure, settings).stream())
                .findFirst()
                .orElseGet(() -> new StartException(
                        "the service cannot start: "
                                + firstLine(causes(failure).toList().getLast()),
                        VERBOSE,
                        failure));
    }

    /** Whether another process holds the embedded database's file. */
    public static boolean isHeld(Throwable failure) {
        return causes(failure).anyMatch(cause -> cause instanceof SQLException e && e.getErrorCode() == H2_HELD);
    }

    /**
     * Makes the data folder and tries to write to it, before anything else would fail at it in its own words.
     *
     * @throws StartException when it is none, or cannot be written
     */
    static void requireFolder(Environment settings) {
        Path folder = Path.of(settings.getProperty("atelier.data", "data"));
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "writable", ""));
        } catch (FileAlreadyExistsException e) {
            throw new StartException(
                    "atelier.data: " + folder + " is a file; a folder is needed", "Name another with --data DIR.", e);
        } catch (IOException e) {
            // A full disk is no reason not to start: what is there can be read.
            if (!Outages.isOutage(e)) {
                throw unwritable(folder, e);
            }
        }
    }

    private static StartException unwritable(Path folder, IOException e) {
        String reason = e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : e.getClass().getSimpleName().replaceFirst("Exception$", "");
        return new StartException(
                "atelier.data: the folder " + folder + " cannot be written (" + reason + ")",
                "Let the user of the service write to it, or name another with --data DIR.",
                e);
    }

    private static List<StartException> explanation(Throwable cause, Throwable failure, Environment settings) {
        StartException explained = switch (cause) {
            case StartException e -> new StartException(e.getMessage(), e.hint(), failure);
            case PortInUseException e ->
                new StartException(
                        "server.port: port " + e.getPort() + " is in use by another program",
                        "Stop that, or choose another port with --port N (0: any free one).",
                        failure);
            case BindException _ ->
                new StartException(
                        "server.address: " + settings.getProperty("server.address") + " is no address of this machine",
                        "Choose one with --host ADDRESS; 0.0.0.0 is all of them.",
                        failure);
            case org.springframework.boot.context.properties.bind.BindException e -> setting(e, failure);
            case SQLException e -> database(e, failure, settings);
            default -> null;
        };
        return explained == null ? List.of() : List.of(explained);
    }

    private static StartException setting(
            org.springframework.boot.context.properties.bind.BindException cause, Throwable failure) {
        ConfigurationProperty property = cause.getProperty();
        String reason = firstLine(causes(cause).toList().getLast());
        String name = property == null
                ? cause.getName().toString()
                : property.getName().toString();
        boolean secret = name.toLowerCase(Locale.ROOT).matches(".*(password|secret|token|key).*");
        String value = property == null || secret ? "its value" : "'" + property.getValue() + "'";
        return new StartException(
                name + ": " + value + " is not accepted: " + reason,
                property == null || property.getOrigin() == null
                        ? "docs/operation.md lists the settings and their values."
                        : "It is given in " + property.getOrigin() + "; docs/operation.md lists the settings.",
                failure);
    }

    private static StartException database(SQLException cause, Throwable failure, Environment settings) {
        String url = settings.getProperty("spring.datasource.url", "");
        if (url.startsWith(EMBEDDED)) {
            return embedded(cause, failure, settings.getProperty("atelier.data", "data") + "/atelier.mv.db");
        }
        return server(innermost(cause), failure, url, settings);
    }

    /** Pools and drivers wrap what the database says. */
    private static SQLException innermost(SQLException cause) {
        return causes(cause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce(cause, (_, inner) -> inner);
    }

    private static StartException server(SQLException cause, Throwable failure, String url, Environment settings) {
        String place = url.replaceFirst("\\?.*", "");
        String user = settings.getProperty("spring.datasource.username", "");
        String state = String.valueOf(cause.getSQLState());
        if (WRONG_PASSWORD.contains(state) || NO_PASSWORD.equals(state)) {
            return new StartException(
                    "the database " + place + " refuses the user '" + user + "': " + firstLine(cause),
                    "Give the name with --database-user and the password in SPRING_DATASOURCE_PASSWORD.",
                    failure);
        }
        if (NO_DATABASE.equals(state)) {
            return new StartException(
                    "there is no database " + place + ": " + firstLine(cause),
                    "Make it (createdb), or name another with --database.",
                    failure);
        }
        if (NOT_ALLOWED.equals(state)) {
            return new StartException(
                    "the database " + place + " does not let the user '" + user + "' make tables: " + firstLine(cause),
                    "Grant it that (GRANT ALL ON SCHEMA public TO the user), or name another with --database-user.",
                    failure);
        }
        return new StartException(
                "the database " + place + " cannot be used: " + reason(cause),
                "Is it running, and is --database right?",
                failure);
    }

    private static StartException embedded(SQLException cause, Throwable failure, String file) {
        if (cause.getErrorCode() == H2_HELD) {
            return new StartException(
                    "another process holds the database file " + file,
                    "Stop that service, or give this one another folder with --data DIR.",
                    failure);
        }
        if (cause.getErrorCode() == H2_DAMAGED) {
            return new StartException(
                    "the database file " + file + " is damaged: " + firstLine(cause),
                    "Put back a copy of it, or move it away to start with an empty one.",
                    failure);
        }
        if (WRONG_PASSWORD.contains(String.valueOf(cause.getSQLState()))) {
            return new StartException(
                    "the database file " + file + " refuses the user or the password",
                    "Give what it was made with: --database-user and SPRING_DATASOURCE_PASSWORD.",
                    failure);
        }
        return new StartException(
                "the database file " + file + " cannot be used: " + firstLine(cause), VERBOSE, failure);
    }

    /** What the driver says of a connection that did not come about is in its cause. */
    private static String reason(SQLException cause) {
        return causes(cause)
                .map(inner -> switch (inner) {
                    case UnknownHostException e -> "its host '" + e.getMessage() + "' is not known here";
                    case SocketTimeoutException _ -> "it does not answer";
                    default -> "";
                })
                .filter(said -> !said.isEmpty())
                .findFirst()
                .orElseGet(() -> firstLine(cause));
    }

    /** From the outside in. */
    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST);
    }

    private static String firstLine(Throwable failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage().lines().findFirst().orElse("");
    }
}
