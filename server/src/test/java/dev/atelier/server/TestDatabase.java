package dev.atelier.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The databases that the service runs on, for tests of SQL: an enum, so that a parametrised test runs on each. */
public enum TestDatabase {
    H2 {
        @Override
        DataSource empty() {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            return database;
        }
    },
    POSTGRESQL {
        @Override
        DataSource empty() {
            String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
            JdbcClient.create(Postgres.SERVER.getPostgresDatabase())
                    .sql("CREATE DATABASE " + name)
                    .update();
            return Postgres.SERVER.getDatabase("postgres", name);
        }
    };

    abstract DataSource empty();

    /** The port of the embedded PostgreSQL server. */
    public static int postgresPort() {
        return Postgres.SERVER.getPort();
    }

    /** A new database with the service's tables. Whoever uses it does not close it. */
    public DataSource migrated() {
        DataSource database = pooled(empty());
        Flyway.configure().dataSource(database).load().migrate();
        return database;
    }

    /** A connection takes PostgreSQL longer than a statement. Those that nobody uses are closed, as all tests share one server. */
    private static DataSource pooled(DataSource direct) {
        HikariConfig settings = new HikariConfig();
        settings.setDataSource(direct);
        settings.setMinimumIdle(0);
        settings.setIdleTimeout(10_000);
        return new DelegatingDataSource(new HikariDataSource(settings));
    }

    /** One real server for all tests of this JVM; started by the first that needs it, stopped when the JVM ends. */
    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException e) {
                throw new UncheckedIOException("embedded PostgreSQL does not start", e);
            }
        }
    }
}
