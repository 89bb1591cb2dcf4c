package dev.atelier.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Knows whether this process has the database to itself: an H2 file is locked by the process that opened it. */
@Component
public class ExclusiveDatabase {
    private final DataSource database;

    ExclusiveDatabase(DataSource database) {
        this.database = database;
    }

    /** Whether no other process can use the database while this one does. */
    public boolean isExclusive() {
        try (Connection connection = database.getConnection()) {
            String url = connection.getMetaData().getURL();
            return url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:tcp:") && !url.startsWith("jdbc:h2:ssl:");
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be reached: " + e.getMessage(), e);
        }
    }
}
