package dev.atelier.engine.pipeline;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where models, native libraries and prepared weights are kept: {@code ATELIER_HOME}; else {@code .cache/atelier} in the folder that
 * {@code HOME} names; else in that of the user's entry in the password file. The launchers follow the same rule.
 */
public final class AtelierHome {
    private AtelierHome() {}

    /** As this process's environment says. */
    public static Path ofProcess() {
        return of(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /**
     * @param variables of the environment; one that is empty counts as not set
     * @param userHome as the password file says
     */
    public static Path of(Map<String, String> variables, Path userHome) {
        String chosen = variables.getOrDefault("ATELIER_HOME", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        String home = variables.getOrDefault("HOME", "");
        return (home.isEmpty() ? userHome : Path.of(home)).resolve(".cache").resolve("atelier");
    }
}
