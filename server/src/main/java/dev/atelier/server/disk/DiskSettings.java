package dev.atelier.server.disk;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code atelier.disk}: room on the disk of the embedded database and of files.
 *
 * @param least with less room, submissions and uploads are refused with 507
 * @param reserve bytes kept in a file that is given up when the disk is full, so that the database can go on
 */
@ConfigurationProperties("atelier.disk")
record DiskSettings(
        @DefaultValue("4MB") DataSize least,
        @DefaultValue("8MB") DataSize reserve) {
    DiskSettings {
        if (least.isNegative() || reserve.isNegative()) {
            throw new IllegalArgumentException("atelier.disk: least and reserve are no negative sizes");
        }
    }
}
