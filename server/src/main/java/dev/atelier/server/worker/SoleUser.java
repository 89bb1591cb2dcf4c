package dev.atelier.server.worker;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Knows whether this process has the database to itself: an H2 file is locked by the process that opened it. */
@Component
record SoleUser(DataSource database) {
    boolean ofDatabase() {
        try (Connection connection = database.getConnection()) {
            String url = connection.getMetaData().getURL();
            return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be reached: " + e.getMessage(), e);
        }
    }
}
