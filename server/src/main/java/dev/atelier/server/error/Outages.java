package dev.atelier.server.error;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** Failures that pass by themselves: the database or the storage of files does not answer, or the disk is full. */
public final class Outages {
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** H2's codes for a file that it has closed or can no longer read and write. */
    private static final Set<Integer> CLOSED_FILE = Set.of(90028, 90031, 90067, 90098, 90121);

    private static final int GENERAL_ERROR = 50_000;
    private static final String MVSTORE = "org.h2.mvstore.MVStoreException";

    /** SQL states by their class: no connection, not enough of something, stopped by the operator, failure of the system. */
    private static final Set<String> OUTAGES = Set.of("08", "53", "57", "58");

    /** As the pool says of a connection that broke in the middle of its use. */
    private static final String CLOSED_CONNECTION = "Connection is closed";

    private static final String DISK_FULL = "53100";
    private static final int DEEPEST = 20;

    private Outages() {}

    /** A storage of files that does not answer. Its message is for callers and names no place. */
    public static final class StorageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public StorageException(IOException cause) {
            super("the storage of files does not answer at the moment", cause);
        }
    }

    public static boolean isOutage(Throwable failure) {
        return of(failure).isPresent();
    }

    /** What a caller is told: 507 for a full disk, 503 for what does not answer, both with the time to try again. */
    public static Optional<ApiException> of(Throwable failure) {
        if (causes(failure).anyMatch(Outages::isDiskFull)) {
            return Optional.of(ApiException.insufficientStorage("the service's disk is full", RETRY));
        }
        if (causes(failure).anyMatch(StorageException.class::isInstance)) {
            return Optional.of(ApiException.unavailable("the storage of files does not answer at the moment", RETRY));
        }
        if (causes(failure).anyMatch(Outages::isDatabaseAway)) {
            return Optional.of(ApiException.unavailable("the database does not answer at the moment", RETRY));
        }
        return Optional.empty();
    }

    /** Whether H2 has closed its file after a failed read or write; every connection is useless then. */
    public static boolean isClosedFile(SQLException failure) {
        return CLOSED_FILE.contains(failure.getErrorCode())
                || failure.getErrorCode() == GENERAL_ERROR
                        && causes(failure)
                                .anyMatch(cause -> cause.getClass().getName().equals(MVSTORE));
    }

    private static boolean isDatabaseAway(Throwable cause) {
        return switch (cause) {
            case DataAccessResourceFailureException _,
                    TransientDataAccessResourceException _,
                    RecoverableDataAccessException _,
                    QueryTimeoutException _,
                    CannotCreateTransactionException _,
                    TransactionSystemException _,
                    SQLTransientConnectionException _,
                    SQLNonTransientConnectionException _ -> true;
            case SQLException e ->
                isClosedFile(e)
                        || CLOSED_CONNECTION.equals(e.getMessage())
                        || e.getSQLState() != null && OUTAGES.contains(stateClass(e));
            default -> false;
        };
    }

    private static String stateClass(SQLException failure) {
        return failure.getSQLState()
                .substring(0, Math.min(2, failure.getSQLState().length()));
    }

    private static boolean isDiskFull(Throwable cause) {
        if (cause instanceof SQLException e && DISK_FULL.equals(e.getSQLState())) {
            return true;
        }
        String message = cause instanceof IOException && cause.getMessage() != null
                ? cause.getMessage().toLowerCase(Locale.ROOT)
                : "";
        return message.contains("no space left on device")
                || message.contains("disk quota exceeded")
                || message.contains("not enough space on the disk");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
