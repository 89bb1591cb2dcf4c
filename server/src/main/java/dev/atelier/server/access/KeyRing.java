package dev.atelier.server.access;

import dev.atelier.server.access.ApiKey.Limits;
import dev.atelier.server.access.ApiKey.Scope;
import java.util.List;
import java.util.Set;

/** What operators do with keys, in the service's database or through the service that has it open. */
public interface KeyRing {
    /**
     * Makes a key.
     *
     * @param name for people, 1 to 100 characters
     * @throws IllegalArgumentException naming what is out of bounds
     */
    Keys.Created create(String name, Set<Scope> scopes, Limits limits);

    /** All keys, the oldest first. */
    List<Keys.Listed> list();

    /** @return false when there is no such key, or it was revoked before */
    boolean revoke(String id);
}
