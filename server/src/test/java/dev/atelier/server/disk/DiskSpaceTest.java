package dev.atelier.server.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.error.ApiException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    private static final long MB = 1 << 20;

    @TempDir
    Path data;

    @Test
    void theReserveIsGivenUpLastAndRestoredWithRoomToSpare() {
        AtomicLong left = new AtomicLong(100 * MB);
        Path reserve = data.resolve("reserve");
        try (DiskSpace disk = DiskFixture.of(List.of(data), _ -> left.get())) {
            assertThat(reserve).hasSize(2 * MB);
            assertThatCode(disk::require).doesNotThrowAnyException();

            left.set(8 * MB - 1);
            assertThatThrownBy(disk::require)
                    .isInstanceOfSatisfying(ApiException.class, e -> {
                        assertThat(e.status().value()).isEqualTo(507);
                        assertThat(e.retryAfter().toSeconds()).isEqualTo(10);
                    })
                    .hasMessageContaining("disk is full");
            assertThat(reserve).as("there is some room yet").exists();

            left.set(MB - 1);
            assertThat(disk.isLow()).isTrue();
            assertThat(reserve).doesNotExist();

            left.set(10 * MB - 1);
            assertThat(disk.isLow()).as("the reserve would take it all again").isTrue();
            left.set(10 * MB);
            assertThat(disk.isLow()).isFalse();
            assertThat(reserve).hasSize(2 * MB);
        }
    }

    @Test
    void aDiskThatIsFullAtTheStartIsLow() {
        try (DiskSpace disk = DiskFixture.of(List.of(data.resolve("new")), _ -> 0)) {
            assertThat(disk.isLow()).isTrue();
            assertThat(data.resolve("new/reserve")).doesNotExist();
        }
    }

    @Test
    void theFolderWithTheLeastRoomDecides() {
        try (DiskSpace disk = DiskFixture.of(
                List.of(data, data.resolve("media")), folder -> folder.endsWith("media") ? MB : 100 * MB)) {
            assertThat(disk.isLow()).isTrue();
        }
    }

    @Test
    void withoutFoldersThereIsAlwaysRoom() {
        try (DiskSpace disk = DiskFixture.of(List.of(), _ -> 0)) {
            assertThat(disk.isLow()).isFalse();
        }
    }
}
