package dev.atelier.server.access;

import dev.atelier.server.access.ApiKey.Limits;
import dev.atelier.server.access.ApiKey.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keys in the database, by the hash of their secrets. */
@Repository
class KeyRepository {
    private final JdbcClient jdbc;

    KeyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param secretHash SHA-256 in hex */
    record Stored(ApiKey key, String secretHash) {}

    void insert(ApiKey key, String secretHash, Instant now) {
        jdbc.sql("""
                INSERT INTO api_key (id, name, secret_hash, scopes, requests, per_seconds, images_per_day, priority, created_at)
                VALUES (:id, :name, :hash, :scopes, :requests, :perSeconds, :imagesPerDay, :priority, :now)""")
                .param("id", key.id())
                .param("name", key.name())
                .param("hash", secretHash)
                .param("scopes", key.scopes().stream().map(Enum::name).sorted().collect(Collectors.joining(",")))
                .param("requests", key.limits().requests())
                .param("perSeconds", key.limits().perSeconds())
                .param("imagesPerDay", key.limits().imagesPerDay())
                .param("priority", key.limits().priority())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Stored> findActive(String id) {
        return jdbc.sql("SELECT * FROM api_key WHERE id = :id AND revoked_at IS NULL")
                .param("id", id)
                .query((rs, _) -> new Stored(read(rs), rs.getString("secret_hash")))
                .optional();
    }

    List<Keys.Listed> list() {
        return jdbc.sql("SELECT * FROM api_key ORDER BY created_at, id")
                .query((rs, _) -> new Keys.Listed(
                        read(rs),
                        rs.getObject("created_at", OffsetDateTime.class).toInstant(),
                        rs.getObject("revoked_at", OffsetDateTime.class) != null))
                .list();
    }

    boolean anyActive() {
        return jdbc.sql("SELECT COUNT(*) FROM api_key WHERE revoked_at IS NULL")
                        .query(Long.class)
                        .single()
                > 0;
    }

    boolean revoke(String id, Instant now) {
        return jdbc.sql("UPDATE api_key SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .update()
                > 0;
    }

    private static ApiKey read(ResultSet rs) throws SQLException {
        Set<Scope> scopes = Arrays.stream(rs.getString("scopes").split(","))
                .map(Scope::valueOf)
                .collect(Collectors.toSet());
        return new ApiKey(
                rs.getString("id"),
                rs.getString("name"),
                scopes,
                new Limits(
                        rs.getInt("requests"),
                        rs.getInt("per_seconds"),
                        rs.getInt("images_per_day"),
                        rs.getInt("priority")));
    }
}
