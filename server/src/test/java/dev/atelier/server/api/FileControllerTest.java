package dev.atelier.server.api;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.atelier.server.SettableClock;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.HostileFiles;
import dev.atelier.server.media.MediaStore;
import dev.atelier.server.media.MediaStoreFixture;
import dev.atelier.server.media.StoredMedia;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class FileControllerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final byte[] PNG = HostileFiles.polyglot();

    private final SettableClock clock = new SettableClock(NOON);
    private DataSource database;
    private MockMvc web;
    private String path;

    @TempDir
    Path folder;

    @BeforeEach
    void store() throws IOException {
        database = TestDatabase.H2.migrated();
        MediaStore media = MediaStoreFixture.in(database, folder, clock);
        StoredMedia stored = media.put(new MediaStore.NewMedia(
                StoredMedia.Kind.OUTPUT, PNG, "image/png", "alice", NOON.plus(Duration.ofHours(2))));
        path = "/outputs/" + stored.id();
        web = web(media);
    }

    @Test
    void servesAPictureThatBrowsersTakeForNothingElse() throws Exception {
        web.perform(get(path))
                .andExpect(status().isOk())
                .andExpect(content().bytes(PNG))
                .andExpect(content().contentType("image/png"))
                .andExpect(header().longValue("Content-Length", PNG.length))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("Content-Security-Policy", "default-src 'none'; sandbox"))
                .andExpect(header().string("Accept-Ranges", "bytes"));
        web.perform(head(path)).andExpect(status().isOk()).andExpect(header().longValue("Content-Length", PNG.length));
    }

    @Test
    void letsCachesKeepItAsLongAsItLivesAndNoLonger() throws Exception {
        String tag = "\"" + path.substring(path.lastIndexOf('/') + 1) + "\"";

        web.perform(get(path))
                .andExpect(header().string("Cache-Control", "max-age=7200, public, immutable"))
                .andExpect(header().string("ETag", tag));
        web.perform(get(path).header("If-None-Match", tag)).andExpect(status().isNotModified());
        clock.advance(Duration.ofHours(1));
        web.perform(get(path)).andExpect(header().string("Cache-Control", containsString("max-age=3600")));
    }

    @Test
    void servesRanges() throws Exception {
        web.perform(get(path).header("Range", "bytes=8-15"))
                .andExpect(status().isPartialContent())
                .andExpect(header().string("Content-Range", "bytes 8-15/" + PNG.length))
                .andExpect(content().bytes(Arrays.copyOfRange(PNG, 8, 16)));
        web.perform(get(path).header("Range", "bytes=-5"))
                .andExpect(status().isPartialContent())
                .andExpect(content().bytes(Arrays.copyOfRange(PNG, PNG.length - 5, PNG.length)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9999999-", "bytes=5-2", "lines=1-2", "bytes=x"})
    void refusesRangesThatTheFileDoesNotHave(String range) throws Exception {
        web.perform(get(path).header("Range", range)).andExpect(status().isRequestedRangeNotSatisfiable());
    }

    @Test
    void knowsNothingOfExpiredFilesOrOfTheOtherFolder() {
        assertThatThrownBy(() -> web.perform(get(path.replace("outputs", "uploads"))))
                .hasRootCauseInstanceOf(ApiException.class)
                .hasRootCauseMessage("there is no such file, or it has expired");
        clock.advance(Duration.ofHours(2));
        assertThatThrownBy(() -> web.perform(get(path))).hasRootCauseInstanceOf(ApiException.class);
    }

    @Test
    void sendsCallersToTheBucketWhenTheFileLiesThere() throws Exception {
        MockMvc behindBucket = web(MediaStoreFixture.in(
                database, folder, clock, stored -> URI.create("https://bucket.example/" + stored.id() + "?signed")));

        behindBucket
                .perform(get(path))
                .andExpect(status().isFound())
                .andExpect(header().string("Location", "https://bucket.example" + path.substring(8) + "?signed"))
                .andExpect(header().string("Cache-Control", "no-store"));
    }

    private MockMvc web(MediaStore files) {
        return MockMvcBuilders.standaloneSetup(new FileController(files, clock)).build();
    }
}
