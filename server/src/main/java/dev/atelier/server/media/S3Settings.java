package dev.atelier.server.media;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code atelier.media.s3}: S3-compatible storage. Credentials come from the usual AWS places (environment, profile,
 * instance role).
 *
 * @param bucket empty: files are kept on the disk
 * @param prefix put before every object's name
 * @param endpoint of a compatible service; null: Amazon's for the region
 * @param pathStyle bucket in the path instead of the host name, as most compatible services want it
 * @param presign how long a link that a caller is sent to stays valid; at most 7 days
 */
public record S3Settings(
        @DefaultValue("") String bucket,
        @DefaultValue("atelier/") String prefix,
        @DefaultValue("us-east-1") String region,
        URI endpoint,
        @DefaultValue("false") boolean pathStyle,
        @DefaultValue("1h") Duration presign) {
    private static final Duration LONGEST = Duration.ofDays(7);

    public S3Settings {
        if (presign.isNegative() || presign.isZero() || presign.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("atelier.media.s3.presign: " + presign + " is not in 1 s to 7 days");
        }
    }
}
