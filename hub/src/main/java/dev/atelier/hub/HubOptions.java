package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which hub is asked, and as whom.
 *
 * @param endpoint root of the hub, without a trailing slash
 * @param token sent to the endpoint's own host only; empty: anonymous
 * @param stallTimeout how long a server may send nothing before the connection is given up
 */
public record HubOptions(URI endpoint, String token, Duration stallTimeout) {
    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
    private static final int MAX_TOKEN_BYTES = 4096;

    public HubOptions {
        Objects.requireNonNull(token, "token");
        String scheme = endpoint.getScheme();
        if (!("https".equals(scheme) || "http".equals(scheme))
                || endpoint.getHost() == null
                || endpoint.getRawUserInfo() != null
                || endpoint.getRawQuery() != null
                || endpoint.getRawFragment() != null) {
            throw new HubException(
                    Kind.BAD_NAME, "endpoint: '" + endpoint + "' is not an address like " + DEFAULT_ENDPOINT);
        }
    }

    /**
     * Reads {@code HF_ENDPOINT}, and the token from {@code HF_TOKEN}, {@code HUGGING_FACE_HUB_TOKEN}, or the file that the
     * Hugging Face tools keep it in ({@code HF_TOKEN_PATH}, {@code HF_HOME/token}, {@code ~/.cache/huggingface/token}).
     */
    public static HubOptions fromEnvironment(Map<String, String> environment, Path home) {
        String token = Stream.of("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
                .map(name -> environment.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseGet(() -> tokenFile(environment, home));
        String endpoint = environment.getOrDefault("HF_ENDPOINT", "").strip();
        return new HubOptions(
                parseEndpoint(endpoint.isEmpty() ? DEFAULT_ENDPOINT : endpoint), token, Duration.ofSeconds(60));
    }

    public HubOptions withEndpoint(String endpoint) {
        return new HubOptions(parseEndpoint(endpoint), token, stallTimeout);
    }

    /** Leaves the token out, so that no log can show it. */
    @Override
    public String toString() {
        return "HubOptions[endpoint=" + endpoint + ", token=" + (token.isEmpty() ? "none" : "set") + "]";
    }

    private static URI parseEndpoint(String text) {
        try {
            return URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new HubException(Kind.BAD_NAME, "endpoint: '" + text + "' is not an address", e);
        }
    }

    private static String tokenFile(Map<String, String> environment, Path home) {
        List<Path> candidates = Stream.of(
                        environment.containsKey("HF_TOKEN_PATH")
                                ? Path.of(environment.get("HF_TOKEN_PATH"))
                                : home.resolve(".cache/huggingface/token"),
                        environment.containsKey("HF_HOME")
                                ? Path.of(environment.get("HF_HOME")).resolve("token")
                                : home.resolve(".cache/huggingface/token"))
                .distinct()
                .toList();
        for (Path candidate : candidates) {
            try {
                if (Files.isRegularFile(candidate) && Files.size(candidate) <= MAX_TOKEN_BYTES) {
                    return Files.readString(candidate).strip();
                }
            } catch (IOException e) {
                throw new HubException(Kind.UNAUTHORIZED, "token: " + candidate + " cannot be read", e);
            }
        }
        return "";
    }
}
