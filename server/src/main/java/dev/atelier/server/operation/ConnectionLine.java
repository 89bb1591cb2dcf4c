package dev.atelier.server.operation;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/**
 * Lets virtual threads wait for a connection in line, parked, in front of the pool. Inside the pool a thread that gives a
 * connection back spins for as long as others wait; with hundreds of virtual threads on few processors the ones that wait then do
 * not get to run.
 */
@Component
class ConnectionLine implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof HikariDataSource pool ? new Line(pool) : bean;
    }

    /** A pool with a line in front of it. */
    static final class Line extends DelegatingDataSource implements AutoCloseable {
        private final Semaphore free;
        private final long patienceMillis;

        Line(HikariDataSource pool) {
            super(pool);
            free = new Semaphore(pool.getMaximumPoolSize(), true);
            patienceMillis = pool.getConnectionTimeout();
        }

        /** @throws SQLException also when none becomes free within the pool's own time to wait */
        @Override
        public Connection getConnection() throws SQLException {
            enter();
            try {
                return leaving(super.getConnection());
            } catch (SQLException | RuntimeException e) {
                free.release();
                throw e;
            }
        }

        private void enter() throws SQLException {
            try {
                if (!free.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
                    throw new SQLTransientConnectionException(
                            "no connection became free within " + patienceMillis + " ms");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLTransientConnectionException("interrupted while waiting for a connection", e);
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
            ((HikariDataSource) getTargetDataSource()).close();
        }
    }
}
