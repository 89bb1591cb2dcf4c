package dev.atelier.server.secret;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes {@link Secrets} for tests of other packages. */
public final class SecretsFixture {
    private SecretsFixture() {}

    public static Secrets in(DataSource database) {
        return new Secrets(JdbcClient.create(database));
    }
}
