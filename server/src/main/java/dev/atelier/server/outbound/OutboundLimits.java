package dev.atelier.server.outbound;

import java.time.Duration;

/**
 * The bounds of one call.
 *
 * @param connect time for one connection, TLS included
 * @param total time for the whole call: name look-up, redirects and body
 * @param redirects how many are followed by a GET; a POST follows none
 * @param concurrent calls at the same time; others wait, within their total time
 */
public record OutboundLimits(Duration connect, Duration total, int redirects, int concurrent) {
    public OutboundLimits {
        if (connect.isNegative() || connect.isZero() || total.compareTo(connect) < 0) {
            throw new IllegalArgumentException(
                    "outbound limits: connect " + connect + " must be positive and at most total " + total);
        }
        if (redirects < 0 || concurrent < 1) {
            throw new IllegalArgumentException("outbound limits: redirects " + redirects
                    + " must be at least 0, concurrent " + concurrent + " at least 1");
        }
    }
}
