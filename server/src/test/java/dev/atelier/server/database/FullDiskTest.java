package dev.atelier.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.atelier.server.ScriptedServer;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.disk.Room;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.Status;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database on a disk that fills up and is freed again: no restart is needed. */
class FullDiskTest {
    private static final String BODY =
            "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a barn\", \"size\": \"256*256\"}";

    @TempDir
    Path data;

    @BeforeEach
    void register() {
        FullDisk.register();
    }

    @AfterEach
    void free() {
        FullDisk.whenFull(() -> false);
    }

    @Test
    void aClosedFileIsOpenedAgain() throws SQLException {
        try (Line line = new Line(pool())) {
            update(line, "CREATE TABLE t (x INT)");
            update(line, "INSERT INTO t VALUES (1)");

            FullDisk.whenFull(() -> true);
            int failures = 0;
            for (int i = 0; i < 5; i++) {
                try {
                    update(line, "INSERT INTO t VALUES (7)");
                } catch (SQLException e) {
                    failures++;
                }
            }
            assertThat(failures).isEqualTo(5);

            FullDisk.whenFull(() -> false);
            update(line, "INSERT INTO t VALUES (2)");
            assertThat(sum(line)).as("what was committed, and nothing else").isEqualTo(3);
        }
    }

    @Test
    void theServiceReadsRefusesAndRecovers() throws Exception {
        AtomicLong room = new AtomicLong(1L << 30);
        Path reserve = data.resolve("reserve");
        ApiKey local = ApiKey.LOCAL;
        try (ScriptedServer server =
                ScriptedServer.start(pool(), data, beans -> beans.registerBean(Room.class, () -> _ -> room.get()))) {
            Prediction held = server.submit("wait", 1, local);
            server.pipeline().begun.take();
            Prediction next = server.submit("a lake", 2, local);
            assertThat(reserve).exists();

            room.set(0);
            FullDisk.whenFull(() -> Files.exists(reserve));
            // Whatever writes before the reserve is given up makes the database close its file.
            server.send("POST", "/api/v1/model/prediction/" + next.id() + "/cancel", "");

            HttpResponse<String> refused = server.send("POST", "/api/v1/model/generateImage", BODY);
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
            assertThat(refused.body())
                    .contains("the service's disk is full; it takes nothing in until there is room again");
            assertThat(reserve).doesNotExist();
            assertThat(server.send("GET", "/api/v1/model/prediction/" + held.id(), "")
                            .body())
                    .contains("\"processing\"");
            assertThat(server.send("GET", "/actuator/health/liveness", "").statusCode())
                    .isEqualTo(200);
            assertThat(server.send("GET", "/actuator/health/readiness", "").statusCode())
                    .isEqualTo(503);

            server.pipeline().release();
            assertThat(server.await(held, local).status())
                    .as("work in hand is finished")
                    .isEqualTo(Status.COMPLETED);

            FullDisk.whenFull(() -> false);
            room.set(1L << 30);
            assertThat(server.send("POST", "/api/v1/model/generateImage", BODY).statusCode())
                    .isEqualTo(200);
            assertThat(server.send("GET", "/actuator/health/readiness", "").statusCode())
                    .isEqualTo(200);
            assertThat(reserve).hasSize(8 << 20);
        }
    }

    private HikariDataSource pool() {
        HikariConfig settings = new HikariConfig();
        settings.setJdbcUrl("jdbc:h2:fulldisk:" + data.resolve("atelier") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        settings.setUsername("sa");
        settings.setConnectionTimeout(2000);
        HikariDataSource pool = new HikariDataSource();
        settings.copyStateTo(pool);
        return pool;
    }

    private static void update(Line line, String sql) throws SQLException {
        try (Connection connection = line.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int sum(Line line) throws SQLException {
        try (Connection connection = line.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT SUM(x) FROM t")) {
            result.next();
            return result.getInt(1);
        }
    }
}
