package dev.atelier.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.Consumer;

/** What an {@link AtelierClient} is opened with. */
public final class AtelierClientBuilder {
    private final URI base;
    private String key = "";
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration callTimeout = Duration.ofSeconds(30);
    private Duration transferTimeout = Duration.ofMinutes(5);
    private Duration quietTimeout = Duration.ofMinutes(1);
    private Duration waitTimeout = Duration.ofHours(1);
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private Consumer<HttpClient.Builder> network = _ -> {};

    AtelierClientBuilder(URI base) {
        boolean http = "http".equalsIgnoreCase(base.getScheme()) || "https".equalsIgnoreCase(base.getScheme());
        if (!http || base.getHost() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("base: '" + base + "' is not like http://localhost:8080");
        }
        this.base = URI.create(base.toString().replaceFirst("/+$", ""));
    }

    /** Sent with every call to the service, and to nobody else. Empty: none. */
    public AtelierClientBuilder key(String given) {
        if (!given.matches("[!-~]{0,1000}")) {
            throw new IllegalArgumentException("key: has other characters than visible ones of ASCII");
        }
        key = given;
        return this;
    }

    /** Until a connection is open; 10 s. */
    public AtelierClientBuilder connectTimeout(Duration time) {
        connectTimeout = positive("connectTimeout", time);
        return this;
    }

    /** Of one attempt of a call; 30 s. */
    public AtelierClientBuilder callTimeout(Duration time) {
        callTimeout = positive("callTimeout", time);
        return this;
    }

    /** Of one attempt of an upload or download; 5 min. */
    public AtelierClientBuilder transferTimeout(Duration time) {
        transferTimeout = positive("transferTimeout", time);
        return this;
    }

    /** A stream of events that is silent for so long is opened anew; 1 min. */
    public AtelierClientBuilder quietTimeout(Duration time) {
        quietTimeout = positive("quietTimeout", time);
        return this;
    }

    /** For the end of a prediction; 1 h. */
    public AtelierClientBuilder waitTimeout(Duration time) {
        waitTimeout = positive("waitTimeout", time);
        return this;
    }

    public AtelierClientBuilder retry(RetryPolicy policy) {
        retry = policy;
        return this;
    }

    /** Proxy, certificates, protocol version. Redirects stay off: they would carry the key elsewhere. */
    public AtelierClientBuilder network(Consumer<HttpClient.Builder> settings) {
        network = settings;
        return this;
    }

    public AtelierClient open() {
        return open(Time.SYSTEM);
    }

    AtelierClient open(Time time) {
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(
                        base.getScheme().equalsIgnoreCase("https")
                                ? HttpClient.Version.HTTP_2
                                : HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout);
        network.accept(http);
        Settings.Timeouts timeouts = new Settings.Timeouts(callTimeout, transferTimeout, quietTimeout, waitTimeout);
        return new AtelierClient(
                http.followRedirects(HttpClient.Redirect.NEVER).build(),
                new Settings(base, key, timeouts, retry),
                time);
    }

    private static Duration positive(String name, Duration time) {
        if (!time.isPositive() || time.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(name + ": " + time + " is not in 1 ns to 30 days");
        }
        return time;
    }
}
