package dev.atelier.server.database;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
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

    private static Line line(HikariDataSource pool) {
        String url = pool.getJdbcUrl() == null ? "" : pool.getJdbcUrl();
        if (url.startsWith(POSTGRESQL) && !url.contains("connectTimeout=")) {
            pool.addDataSourceProperty("connectTimeout", "2");
        }
        return new Line(pool);
    }
}
