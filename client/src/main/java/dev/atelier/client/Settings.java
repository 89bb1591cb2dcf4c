package dev.atelier.client;

import java.net.URI;
import java.time.Duration;

/**
 * @param base of the service, without a slash at its end
 * @param key sent as bearer; empty: none
 * @param timeouts of calls
 */
record Settings(URI base, String key, Timeouts timeouts, RetryPolicy retry) {
    /**
     * @param call from sending to the last byte of a small answer, of one attempt
     * @param transfer the same for uploads and downloads
     * @param quiet after which a stream of events is opened anew
     * @param end of a prediction, at most
     */
    record Timeouts(Duration call, Duration transfer, Duration quiet, Duration end) {}

    URI at(String path) {
        return URI.create(base + path);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return base.toString();
    }
}
