package dev.atelier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL that cannot be used is told of in one line, with another on what to do, without the password. */
class StartFailuresTest {
    private static final String PASSWORD_HINT =
            "Give the name with --database-user and the password in SPRING_DATASOURCE_PASSWORD.";

    @TempDir
    static Path folder;

    @TempDir
    Path data;

    private static EmbeddedPostgres postgres;

    /** Its user {@code locked} needs a password, everyone else gets in. */
    @BeforeAll
    static void start() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("pg_hba.conf"), "host all locked all scram-sha-256\nhost all all all trust\n");
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("hba_file", rules.toString())
                .start();
        JdbcClient admin = JdbcClient.create(postgres.getPostgresDatabase());
        admin.sql("CREATE ROLE locked LOGIN PASSWORD 'right'").update();
        admin.sql("CREATE ROLE guest LOGIN").update();
        admin.sql("REVOKE CREATE ON SCHEMA public FROM public").update();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void aWrongPassword() {
        StartException failure =
                failure(url("postgres"), "--spring.datasource.username=locked", "--spring.datasource.password=wr0ng");

        assertThat(failure)
                .hasMessageStartingWith("the database " + url("postgres") + " refuses the user 'locked': ")
                .hasMessageContaining("password authentication failed");
        assertThat(failure.hint()).isEqualTo(PASSWORD_HINT);
    }

    @Test
    void noPassword() {
        StartException failure = failure(url("postgres"), "--spring.datasource.username=locked");

        assertThat(failure).hasMessageStartingWith("the database " + url("postgres") + " refuses the user 'locked': ");
        assertThat(failure.hint()).isEqualTo(PASSWORD_HINT);
    }

    @Test
    void aDatabaseThatThereIsNot() {
        StartException failure =
                failure(url("nowhere") + "?user=postgres&password=wr0ng", "--spring.datasource.username=postgres");

        assertThat(failure)
                .hasMessageStartingWith("there is no database " + url("nowhere") + ": ")
                .hasMessageContaining("does not exist");
        assertThat(failure.hint()).isEqualTo("Make it (createdb), or name another with --database.");
    }

    @Test
    void aHostThatNobodyKnows() {
        StartException failure =
                failure("jdbc:postgresql://no-such-host.invalid/atelier", "--spring.datasource.username=postgres");

        assertThat(failure)
                .hasMessage("the database jdbc:postgresql://no-such-host.invalid/atelier cannot be used: its host"
                        + " 'no-such-host.invalid' is not known here");
        assertThat(failure.hint()).isEqualTo("Is it running, and is --database right?");
    }

    @Test
    void aPortWhereNothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "jdbc:postgresql://localhost:" + port + "/atelier";

        assertThat(failure(url, "--spring.datasource.username=postgres"))
                .hasMessageStartingWith("the database " + url + " cannot be used: ")
                .hasMessageContaining("refused");
    }

    @Test
    void aUserWhoMayMakeNoTables() {
        StartException failure = failure(url("postgres"), "--spring.datasource.username=guest");

        assertThat(failure)
                .hasMessageStartingWith(
                        "the database " + url("postgres") + " does not let the user 'guest' make tables: ");
        assertThat(failure.hint()).contains("GRANT ALL ON SCHEMA public");
    }

    private static String url(String database) {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + database;
    }

    private StartException failure(String url, String... more) {
        List<String> args =
                new ArrayList<>(List.of("--server.port=0", "--atelier.data=" + data, "--spring.datasource.url=" + url));
        args.addAll(List.of(more));
        StartException failure = catchThrowableOfType(
                StartException.class,
                () -> AtelierServer.start(args.toArray(String[]::new)).close());
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).doesNotContain("wr0ng").doesNotContain("\n");
        return failure;
    }
}
