package dev.atelier.server.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** How the tables are made and changed. */
@Configuration(proxyBeanMethods = false)
class Migrations {
    private static final String NOT_ALLOWED = "42501";

    /** Changing tables may take longer than a request may wait. */
    @Bean
    static FlywayConfigurationCustomizer migrationsTakeTheirTime() {
        return flyway -> {
            if (flyway.getDataSource() instanceof Line line) {
                flyway.dataSource(line.unbounded());
            }
        };
    }

    /** Flyway itself tries to make its table ten times, a second apart, before it tells why it cannot. */
    @Bean
    static FlywayMigrationStrategy missingRightsAreToldAtOnce() {
        return flyway -> {
            new JdbcTemplate(flyway.getConfiguration().getDataSource())
                    .execute((ConnectionCallback<Boolean>) Migrations::requireRights);
            flyway.migrate();
        };
    }

    private static Boolean requireRights(Connection connection) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return true;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                    SELECT NOT has_schema_privilege(current_schema(), 'CREATE')
                        AND to_regclass('flyway_schema_history') IS NULL""")) {
            if (row.next() && row.getBoolean(1)) {
                throw new SQLException("permission denied for the schema", NOT_ALLOWED);
            }
            return true;
        }
    }
}
