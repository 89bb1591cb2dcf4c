package dev.atelier.server.disk;

import java.nio.file.Path;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Disks for tests. */
public final class DiskFixture {
    private DiskFixture() {}

    /** One that is never full. */
    public static DiskSpace unwatched() {
        return of(List.of(), _ -> Long.MAX_VALUE);
    }

    static DiskSpace of(List<Path> folders, Room room) {
        return new DiskSpace(folders, room, new DiskSettings(DataSize.ofMegabytes(8), DataSize.ofMegabytes(2)));
    }
}
