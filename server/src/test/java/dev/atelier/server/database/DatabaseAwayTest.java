package dev.atelier.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TcpProxy;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.Status;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL that is stopped, or says nothing more, and comes back. */
class DatabaseAwayTest {
    @TempDir
    Path data;

    private TcpProxy proxy;
    private ScriptedServer server;

    @BeforeEach
    void start() throws Exception {
        proxy = TcpProxy.before(TestDatabase.postgresPort());
        server = ScriptedServer.start(pool(), data);
    }

    @AfterEach
    void stop() throws Exception {
        proxy.pass();
        server.close();
        proxy.close();
    }

    @Test
    void aStoppedDatabaseIsToldAndWorkInHandIsKept() throws Exception {
        Prediction held = server.submit("wait", 1, ApiKey.LOCAL);
        server.pipeline().begun.take();

        proxy.refuse();
        server.pipeline().release();
        proxy.awaitRefused(3);
        requireAway();
        comeBack();

        Prediction ended = server.await(held, ApiKey.LOCAL);
        assertThat(ended.status()).as(ended.state().toString()).isEqualTo(Status.COMPLETED);
        assertThat(ended.outputs()).hasSize(1);
    }

    @Test
    void aSilentDatabaseIsToldAsWell() throws Exception {
        assertThat(server.send("GET", "/api/v1/model/predictions", "").statusCode())
                .isEqualTo(200);

        proxy.hang();
        requireAway();
        comeBack();

        Prediction later = server.submit("a lake", 2, ApiKey.LOCAL);
        assertThat(server.await(later, ApiKey.LOCAL).status()).isEqualTo(Status.COMPLETED);
    }

    /** The first callers may still meet a connection that broke. */
    private void comeBack() throws Exception {
        proxy.pass();
        HttpResponse<String> answer = server.send("GET", "/api/v1/model/predictions", "");
        for (int i = 0; i < 1000 && answer.statusCode() == 503; i++) {
            answer = server.send("GET", "/api/v1/model/predictions", "");
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void requireAway() throws Exception {
        HttpResponse<String> answer = server.send("GET", "/api/v1/model/predictions", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.body()).contains("the database does not answer at the moment");
        assertThat(server.send("GET", "/api/v1/models", "").statusCode())
                .as("what needs no database")
                .isEqualTo(200);
        assertThat(server.send("GET", "/actuator/health/liveness", "").statusCode())
                .isEqualTo(200);
        assertThat(server.send("GET", "/actuator/health/readiness", "").statusCode())
                .isEqualTo(503);
    }

    private HikariDataSource pool() throws Exception {
        HikariConfig settings = new HikariConfig();
        DataSource direct = TestDatabase.POSTGRESQL.migrated();
        try (Connection connection = direct.getConnection()) {
            settings.setJdbcUrl(
                    connection.getMetaData().getURL().replaceFirst("localhost:[0-9]+", "localhost:" + proxy.port()));
            settings.setUsername(connection.getMetaData().getUserName());
        }
        settings.setConnectionTimeout(1000);
        settings.setValidationTimeout(500);
        HikariDataSource pool = new HikariDataSource();
        settings.copyStateTo(pool);
        return pool;
    }
}
