package dev.atelier.server.outbound;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code atelier.outbound}: calls to URLs that callers name, for reference pictures and webhooks.
 *
 * @param allowedNetworks addresses and CIDR ranges that may be called although they are not public
 * @param connectTimeout for one connection, TLS included
 * @param timeout for the whole call: name look-up, redirects and body
 * @param redirects how many are followed to a picture
 * @param concurrent calls at the same time
 */
@ConfigurationProperties("atelier.outbound")
record OutboundSettings(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("3") int redirects,
        @DefaultValue("32") int concurrent) {
    OutboundLimits limits() {
        return new OutboundLimits(connectTimeout, timeout, redirects, concurrent);
    }
}
