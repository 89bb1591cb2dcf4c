package dev.atelier.server.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import dev.atelier.server.error.Outages;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool of connections with a line in front of it. Virtual threads wait for a connection in line, parked: inside the pool a thread
 * that gives a connection back spins for as long as others wait, and with hundreds of virtual threads on few processors the ones
 * that wait then do not get to run.
 *
 * <p>A database that does not answer is told within the pool's time to wait, also in the middle of a statement. An embedded one
 * that has closed its file after a failed write is opened again: its engine does so once the last connection is closed, so the
 * whole pool is replaced.
 */
final class Line extends DelegatingDataSource implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Line.class);
    private static final String EMBEDDED = "jdbc:h2:";
    /** H2's code for a file that another process holds. */
    private static final int HELD_BY_ANOTHER = 90_020;

    private static final long HELD_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long HELD_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long RETURN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETURN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Semaphore free;
    private final int patienceMillis;
    private final boolean embedded;
    private volatile HikariDataSource pool;
    private volatile boolean fileClosed;
    /** The database did not answer the last time: one caller at a time tries, the others are told at once. */
    private volatile boolean away;

    private final Semaphore trying = new Semaphore(1);

    Line(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
        free = new Semaphore(pool.getMaximumPoolSize(), true);
        patienceMillis = Math.toIntExact(pool.getConnectionTimeout());
        embedded = pool.getJdbcUrl() != null && pool.getJdbcUrl().startsWith(EMBEDDED);
        if (embedded) {
            pool.setExceptionOverride(new ClosedFiles());
        }
    }

    /** The pool itself, for what may take longer than a request may wait. */
    DataSource unbounded() {
        return pool;
    }

    /** @throws SQLException also when none becomes free within the pool's own time to wait */
    @Override
    public Connection getConnection() throws SQLException {
        enter();
        try {
            return leaving(connect());
        } catch (SQLException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private void enter() throws SQLException {
        try {
            if (!free.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("no connection became free within " + patienceMillis + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
        }
    }

    private Connection connect() throws SQLException {
        boolean alone = away;
        if (alone && !trying.tryAcquire()) {
            throw new SQLTransientConnectionException("the database does not answer");
        }
        try {
            Connection connection = bounded(opened());
            away = false;
            return connection;
        } catch (SQLException e) {
            away = true;
            throw e;
        } finally {
            if (alone) {
                trying.release();
            }
        }
    }

    /** No statement waits longer for an answer than the pool would for a connection. H2 has no network in between. */
    private Connection bounded(Connection connection) throws SQLException {
        if (!embedded) {
            try {
                connection.setNetworkTimeout(Runnable::run, patienceMillis);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
        return connection;
    }

    private Connection opened() throws SQLException {
        if (fileClosed) {
            reopen();
        }
        long end = System.nanoTime() + HELD_PATIENCE_NANOS;
        while (true) {
            try {
                return pool.getConnection();
            } catch (SQLException e) {
                if (e.getErrorCode() != HELD_BY_ANOTHER || System.nanoTime() - end > 0) {
                    throw e;
                }
                log.info("another process holds the database file; waiting for it");
                LockSupport.parkNanos(HELD_PAUSE_NANOS);
            }
        }
    }

    private synchronized void reopen() {
        if (!fileClosed) {
            return;
        }
        log.warn("the database has closed its file after an error; it is opened again");
        HikariDataSource broken = pool;
        HikariDataSource fresh = new HikariDataSource();
        broken.copyStateTo(fresh);
        // Not a failure of the start: who asks for a connection is told.
        fresh.setInitializationFailTimeout(-1);
        fresh.setMetricsTrackerFactory(null);
        awaitReturns(broken);
        broken.close();
        fileClosed = false;
        pool = fresh;
        setTargetDataSource(fresh);
    }

    /** Statements on a closed file fail at once, so those that are out come back soon. */
    private static void awaitReturns(HikariDataSource broken) {
        if (broken.getHikariPoolMXBean() == null) {
            return;
        }
        broken.getHikariPoolMXBean().softEvictConnections();
        long end = System.nanoTime() + RETURN_NANOS;
        while (broken.getHikariPoolMXBean().getActiveConnections() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(RETURN_PAUSE_NANOS);
        }
    }

    /** Hears every exception of a connection, statement or result. */
    private final class ClosedFiles implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            if (Outages.isClosedFile(failure)) {
                fileClosed = true;
                return Override.MUST_EVICT;
            }
            return Override.CONTINUE_EVICT;
        }
    }

    /** The connection, which lets the next in line go on when it is closed. */
    private Connection leaving(Connection connection) {
        AtomicBoolean closed = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (method.getName().equals("close") && closed.compareAndSet(false, true)) {
                            free.release();
                        }
                    }
                });
    }

    @Override
    public void close() {
        pool.close();
    }
}
