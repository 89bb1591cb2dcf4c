package dev.atelier.server.disk;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Not ready while nothing can be taken in: the process is well, so a restart would not help. */
@Component("space")
class SpaceHealth implements HealthIndicator {
    private final DiskSpace disk;

    SpaceHealth(DiskSpace disk) {
        this.disk = disk;
    }

    @Override
    public Health health() {
        return (disk.isLow() ? Health.outOfService() : Health.up()).build();
    }
}
