package dev.atelier.server.media;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code atelier.media}: where files are kept, for how long, how many.
 *
 * @param folder on the disk; used unless {@code s3.bucket} is set
 * @param keepUploads how long uploads and references are kept when the caller does not say
 * @param quota bytes of unexpired files that a key may have before uploads are refused; 0: no bound
 * @param sweepEvery pause between two searches for expired files
 * @param maxFile longest file accepted as a picture
 * @param maxPixels most pixels of a picture accepted
 */
@ConfigurationProperties("atelier.media")
public record MediaSettings(
        @DefaultValue("data/media") Path folder,
        @DefaultValue("7d") Duration keepUploads,
        @DefaultValue("0B") DataSize quota,
        @DefaultValue("5m") Duration sweepEvery,
        @DefaultValue("30MB") DataSize maxFile,
        @DefaultValue("36000000") int maxPixels,
        @DefaultValue S3Settings s3) {}
