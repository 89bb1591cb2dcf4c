package dev.atelier.server.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.SettableClock;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.media.StoredMedia.Kind;
import dev.atelier.server.secret.SecretsFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class DurableMediaStoreTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant TONIGHT = NOON.plus(Duration.ofHours(8));

    private final SettableClock clock = new SettableClock(NOON);
    private final TestDatabase kind;
    private DataSource database;
    private DiskBlobs blobs;
    private DurableMediaStore store;

    @TempDir
    Path folder;

    DurableMediaStoreTest(TestDatabase kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() throws IOException {
        database = kind.migrated();
        blobs = new DiskBlobs(folder);
        store = store(0, blobs);
    }

    @Test
    void givesBackWhatWasStoredUntilItExpires() throws IOException {
        StoredMedia stored = store.put(upload("picture", "alice"));

        StoredMedia found = store.find(stored.id()).orElseThrow();
        assertThat(found).isEqualTo(stored);
        assertThat(store.open(found)).hasContent("picture");

        clock.set(TONIGHT);
        assertThat(store.find(stored.id())).isEmpty();
    }

    @Test
    void namesFilesByContentAndOwnerSoThatNobodyElseCanTellThem() throws IOException {
        StoredMedia first = store.put(upload("picture", "alice"));

        assertThat(first.id()).matches("[0-9a-f]{48}\\.png");
        assertThat(store.put(upload("picture", "alice")).id()).isEqualTo(first.id());
        assertThat(store.put(upload("picture", "bob")).id()).isNotEqualTo(first.id());
        assertThat(store.put(upload("pictures", "alice")).id()).isNotEqualTo(first.id());
        assertThat(store.put(media(Kind.OUTPUT, "picture", "alice", TONIGHT)).id())
                .isNotEqualTo(first.id());
        database = kind.migrated();
        assertThat(store(0, blobs).put(upload("picture", "alice")).id())
                .as("another installation, another secret")
                .isNotEqualTo(first.id());
    }

    @Test
    void keepsTheSameNamesAfterARestart() throws IOException {
        String before = store.put(upload("picture", "alice")).id();

        assertThat(store(0, blobs).put(upload("picture", "alice")).id()).isEqualTo(before);
    }

    @Test
    void storingAgainExtendsTheLifeAndNeverShortensIt() throws IOException {
        Instant tomorrow = TONIGHT.plus(Duration.ofDays(1));
        StoredMedia stored = store.put(upload("picture", "alice"));
        store.put(media(Kind.UPLOAD, "picture", "alice", tomorrow));
        store.put(media(Kind.UPLOAD, "picture", "alice", NOON.plusSeconds(1)));

        assertThat(store.find(stored.id()).orElseThrow().expiresAt()).isEqualTo(tomorrow);
    }

    @Test
    void sweepsWhatHasExpiredAndNothingElse() throws IOException {
        List<StoredMedia> old = IntStream.range(0, 450)
                .mapToObj(i -> put(upload("picture " + i, "alice")))
                .toList();
        StoredMedia young = store.put(media(Kind.UPLOAD, "young", "alice", TONIGHT.plusSeconds(1)));
        MediaSweeper sweeper = new MediaSweeper(rows(), blobs, clock);

        assertThat(sweeper.sweep()).isZero();
        clock.set(TONIGHT);
        assertThat(sweeper.sweep()).isEqualTo(450);

        assertThat(files()).containsExactly(young.id());
        assertThatThrownBy(() -> store.open(old.getFirst())).isInstanceOf(NoSuchFileException.class);
        assertThat(store.open(store.find(young.id()).orElseThrow())).hasContent("young");
    }

    @Test
    void sweepsWhatACrashLeftUnfinished() throws IOException {
        Blobs crashing = new CrashingBlobs(blobs);
        DurableMediaStore dying = store(0, crashing);
        assertThatThrownBy(() -> dying.put(upload("picture", "alice"))).hasMessage("power cut");

        assertThat(files()).hasSize(1);
        assertThat(store.find(files().getFirst())).as("not whole, so not there").isEmpty();
        clock.set(TONIGHT);
        assertThat(new MediaSweeper(rows(), blobs, clock).sweep()).isEqualTo(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void writesAFileAgainThatACrashLeftUnfinished() throws IOException {
        DurableMediaStore dying = store(0, new CrashingBlobs(blobs));
        assertThatThrownBy(() -> dying.put(upload("picture", "alice"))).hasMessage("power cut");

        StoredMedia stored = store.put(upload("picture", "alice"));

        assertThat(store.open(store.find(stored.id()).orElseThrow())).hasContent("picture");
    }

    @Test
    void goesOnSweepingWhenOneFileCannotBeRemoved() throws IOException {
        StoredMedia first = store.put(media(Kind.UPLOAD, "first", "alice", NOON.plusSeconds(1)));
        store.put(media(Kind.UPLOAD, "second", "alice", NOON.plusSeconds(2)));
        AtomicInteger refusals = new AtomicInteger();
        Blobs stubborn = new DelegatingBlobs(blobs) {
            @Override
            public void delete(String id) throws IOException {
                if (id.equals(first.id())) {
                    refusals.incrementAndGet();
                    throw new IOException("device busy");
                }
                super.delete(id);
            }
        };
        clock.set(TONIGHT);

        assertThat(new MediaSweeper(rows(), stubborn, clock).sweep()).isEqualTo(1);

        assertThat(refusals).hasValue(1);
        assertThat(files()).containsExactly(first.id());
        assertThat(new MediaSweeper(rows(), blobs, clock).sweep()).isEqualTo(1);
    }

    @Test
    void refusesUploadsBeyondTheQuotaOfAKeyButStoresFinishedPictures() throws IOException {
        DurableMediaStore small = store(10, blobs);
        small.put(upload("12345678", "alice"));

        assertThatThrownBy(() -> small.put(upload("123", "alice")))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("file: 3 bytes beside the 8 that this key has stored exceed its quota of 10");
        small.put(upload("123", "bob"));
        small.put(media(Kind.OUTPUT, "a whole picture", "alice", TONIGHT));
        clock.set(TONIGHT);
        small.put(media(Kind.UPLOAD, "123", "alice", TONIGHT.plusSeconds(1)));
    }

    @Test
    void deletesAndForgets() throws IOException {
        StoredMedia stored = store.put(upload("picture", "alice"));

        store.delete(stored.id());
        store.delete(stored.id());

        assertThat(store.find(stored.id())).isEmpty();
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../../etc/passwd",
                "..%2f..%2fetc%2fpasswd",
                "/etc/passwd",
                "C:\\windows\\win.ini",
                "picture.png",
                "aa/../aa",
                "0123456789abcdef0123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcdef0123456789abcdef.svg",
                "0123456789ABCDEF0123456789abcdef0123456789abcdef.png",
                "0123456789abcdef0123456789abcdef0123456789abcdef.png\u0000.html",
                "0123456789abcdef0123456789abcdef0123456789abcdef.png/../x",
                "0123456789abcdef0123456789abcdef0123456789abcdef.png\n"
            })
    void takesNothingForANameThatCouldLeadElsewhere(String id) throws IOException {
        assertThat(store.find(id)).isEmpty();
        store.delete(id);
    }

    @Test
    void linksToTheServiceAsTheCallerSeesIt() {
        assertThat(store.url("a.png", Kind.OUTPUT, URI.create("https://studio.example/")))
                .hasToString("https://studio.example/outputs/a.png");
        assertThat(store.url("a.png", Kind.UPLOAD, URI.create("http://localhost:8080")))
                .hasToString("http://localhost:8080/uploads/a.png");
    }

    @Test
    void refusesContentThatIsNoPicture() {
        MediaStore.NewMedia page = new MediaStore.NewMedia(Kind.UPLOAD, new byte[1], "text/html", "alice", TONIGHT);

        assertThatThrownBy(() -> store.put(page))
                .hasMessageContaining("content type: \"text/html\" is none of a picture");
    }

    private StoredMedia put(MediaStore.NewMedia media) {
        try {
            return store.put(media);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private DurableMediaStore store(long quotaBytes, Blobs target) {
        return new DurableMediaStore(
                new MediaNames(SecretsFixture.in(database)),
                rows(),
                target,
                MediaStoreFixture.settings(folder, quotaBytes),
                clock);
    }

    private MediaRepository rows() {
        return MediaStoreFixture.rows(database);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static MediaStore.NewMedia upload(String content, String owner) {
        return media(Kind.UPLOAD, content, owner, TONIGHT);
    }

    private static MediaStore.NewMedia media(Kind kind, String content, String owner, Instant expiresAt) {
        return new MediaStore.NewMedia(kind, content.getBytes(UTF_8), "image/png", owner, expiresAt);
    }

    /** Dies after the bytes are written, before anyone hears of it. */
    private static final class CrashingBlobs extends DelegatingBlobs {
        CrashingBlobs(Blobs target) {
            super(target);
        }

        @Override
        public void write(String id, byte[] bytes, String contentType) throws IOException {
            super.write(id, bytes, contentType);
            throw new IOException("power cut");
        }
    }
}
