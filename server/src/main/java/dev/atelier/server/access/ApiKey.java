package dev.atelier.server.access;

import dev.atelier.server.prediction.Owner;
import java.util.Set;

/**
 * Who is calling. Controllers take it as a parameter.
 *
 * @param id owner of predictions and files; never shown to others
 * @param limits how much it may do
 */
public record ApiKey(String id, String name, Set<Scope> scopes, Limits limits) {
    /** Everyone on a loopback address while no key has been made. */
    public static final ApiKey LOCAL = new ApiKey("local", "local", Set.of(Scope.values()), Limits.NONE);

    /** What a key may be used for. */
    public enum Scope {
        /** Submit, cancel and delete predictions, upload files. */
        GENERATE,
        /** Poll, list, see usage. */
        READ,
        /** Say who meets in the arena and on what prompts, take the votes out, give aliases other models. */
        ARENA
    }

    /**
     * @param requests submissions and uploads in each {@code perSeconds}; 0: no bound
     * @param imagesPerDay images accepted in a UTC day; 0: no bound
     * @param priority predictions of a higher one are made first; 0 by default
     */
    public record Limits(int requests, int perSeconds, int imagesPerDay, int priority) {
        public static final Limits NONE = new Limits(0, 60, 0, 0);
    }

    /** As the domain knows it. */
    public Owner owner() {
        return new Owner(id, limits.priority(), limits.imagesPerDay());
    }

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }
}
