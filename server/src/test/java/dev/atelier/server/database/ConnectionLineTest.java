package dev.atelier.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLineTest {
    private final Line line = new Line(pool());

    @AfterEach
    void close() {
        line.close();
    }

    @Test
    void manyMoreThreadsThanConnectionsAllGetTheirTurn() throws Exception {
        List<Future<Integer>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2000; i++) {
                int number = i;
                answers.add(threads.submit(() -> selected(number)));
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get()).isEqualTo(i);
        }
    }

    @Test
    void closingTwiceLetsOneIn() throws SQLException {
        Connection first = line.getConnection();
        Connection second = line.getConnection();
        first.close();
        first.close();

        try (Connection third = line.getConnection()) {
            assertThat(third.isValid(1)).isTrue();
            assertThatThrownBy(line::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("within 250 ms");
        }
        second.close();
    }

    @Test
    void whatAStatementThrowsComesThroughAsItIs() throws SQLException {
        try (Connection connection = line.getConnection()) {
            assertThatThrownBy(() -> connection.prepareStatement("SELECT nothing FROM nowhere"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("NOWHERE");
        }
    }

    private int selected(int number) throws SQLException {
        try (Connection connection = patiently();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT " + number)) {
            result.next();
            return result.getInt(1);
        }
    }

    private Connection patiently() throws SQLException {
        while (true) {
            try {
                return line.getConnection();
            } catch (SQLTransientConnectionException e) {
                // A loaded machine: the line was longer than the pool's patience.
                continue;
            }
        }
    }

    private static HikariDataSource pool() {
        // As Spring hands it over: not started yet.
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:mem:line-" + System.nanoTime());
        pool.setMaximumPoolSize(2);
        pool.setConnectionTimeout(250);
        return pool;
    }
}
