package dev.atelier.server.database;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts a {@link Line} in front of the pool of connections. */
@Configuration(proxyBeanMethods = false)
class ConnectionLine {
    private static final String POSTGRESQL = "jdbc:postgresql:";

    @Bean
    static BeanPostProcessor linesBeforePools() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool ? line(pool) : bean;
            }
        };
    }

    /** Changing tables may take longer than a request may wait. */
    @Bean
    static FlywayConfigurationCustomizer migrationsTakeTheirTime() {
        return flyway -> {
            if (flyway.getDataSource() instanceof Line line) {
                flyway.dataSource(line.unbounded());
            }
        };
    }

    private static Line line(HikariDataSource pool) {
        String url = pool.getJdbcUrl() == null ? "" : pool.getJdbcUrl();
        if (url.startsWith(POSTGRESQL) && !url.contains("connectTimeout=")) {
            pool.addDataSourceProperty("connectTimeout", "2");
        }
        return new Line(pool);
    }
}
