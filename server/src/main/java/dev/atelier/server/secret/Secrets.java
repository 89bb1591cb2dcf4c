package dev.atelier.server.secret;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Secrets by name, in the database. */
@Repository
public class Secrets {
    private final JdbcClient jdbc;

    Secrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The secret called {@code name}; {@code maker} makes it when there is none yet. Nodes that start together agree on one.
     *
     * @param name at most 40 characters
     * @param maker makes at most 1,400 bytes
     */
    public byte[] get(String name, Supplier<byte[]> maker) {
        return find(name).orElseGet(() -> {
            try {
                insert(name, maker.get());
            } catch (DuplicateKeyException _) {
                // Another node was first; its secret is the one.
            }
            return find(name)
                    .orElseThrow(() -> new IllegalStateException("secret " + name + " vanished while it was made"));
        });
    }

    private Optional<byte[]> find(String name) {
        return jdbc.sql("SELECT secret FROM secret WHERE name = :name")
                .param("name", name)
                .query(String.class)
                .optional()
                .map(Base64.getDecoder()::decode);
    }

    private void insert(String name, byte[] secret) {
        jdbc.sql("INSERT INTO secret (name, secret, created_at) VALUES (:name, :secret, :now)")
                .param("name", name)
                .param("secret", Base64.getEncoder().encodeToString(secret))
                .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                .update();
    }
}
