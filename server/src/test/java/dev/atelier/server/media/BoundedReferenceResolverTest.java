package dev.atelier.server.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.atelier.engine.image.Picture;
import dev.atelier.server.SettableClock;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.disk.DiskFixture;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.outbound.AddressPolicy;
import dev.atelier.server.outbound.OutboundClient;
import dev.atelier.server.outbound.OutboundLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedReferenceResolverTest {
    private static final String ALICE = "alice";
    private static final String BOB = "bob";
    private static final byte[] PNG = HostileFiles.picture("png", 24, 16);

    private final AtomicInteger lookups = new AtomicInteger();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T12:00:00Z"));
    private HttpServer server;
    private OutboundClient outbound;
    private MediaStore media;
    private Uploads uploads;
    private BoundedReferenceResolver resolver;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        outbound = new OutboundClient(
                AddressPolicy.allowing(List.of("127.0.0.1", "::1")),
                new OutboundLimits(Duration.ofSeconds(5), Duration.ofSeconds(20), 3, 4),
                host -> {
                    lookups.incrementAndGet();
                    return new InetAddress[] {
                        host.equals("pictures.test")
                                ? InetAddress.getLoopbackAddress()
                                : InetAddress.ofLiteral("10.0.0.7")
                    };
                });
        DataSource database = TestDatabase.H2.migrated();
        MediaSettings settings = MediaStoreFixture.settings(folder, 0);
        Pictures pictures = new Pictures(settings);
        media = MediaStoreFixture.in(database, folder, clock);
        uploads = new Uploads(pictures, media, settings, DiskFixture.unwatched(), clock);
        resolver = new BoundedReferenceResolver(media, uploads, pictures, outbound);
    }

    @AfterEach
    void stop() throws IOException {
        outbound.close();
        server.stop(0);
    }

    static Stream<String> inlineForms() {
        String base64 = Base64.getEncoder().encodeToString(PNG);
        return Stream.of(
                "data:image/png;base64," + base64,
                "DATA:IMAGE/PNG;BASE64," + base64,
                "data:text/html;charset=utf-8;base64," + base64,
                "data:;base64," + base64,
                base64,
                "  " + base64 + "\n",
                Base64.getMimeEncoder().encodeToString(PNG),
                Base64.getUrlEncoder().encodeToString(PNG),
                base64.replace("=", ""),
                base64.replace("+", "%2B")
                        .replace("/", "%2F")
                        .replace("=", "%3D")
                        .transform(t -> "data:;base64," + t));
    }

    @ParameterizedTest
    @MethodSource("inlineForms")
    void storesInlinePicturesAndReadsThemBack(String inline) {
        String admitted = resolver.admit("images[0]", inline, ALICE);

        assertThat(admitted).matches("media:[0-9a-f]{48}\\.png");
        assertThat(resolver.admit("images[0]", admitted, ALICE)).isEqualTo(admitted);
        Picture picture = resolver.resolve("images[0]", admitted, ALICE);
        assertThat(picture.width()).isEqualTo(24);
        assertThat(picture.height()).isEqualTo(16);
        assertThat(picture.channel(3, 3, 1)).isEqualTo(0x66);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "https://studio.example", "http://127.0.0.1:9"})
    void readsItsOwnUrlsFromTheStore(String base) {
        StoredMedia upload = uploads.store("file", PNG, ALICE);
        String url = media.url(upload.id(), StoredMedia.Kind.UPLOAD, URI.create(base)) + "?utm_source=x";

        String admitted = resolver.admit("image", url, ALICE);

        assertThat(resolver.resolve("image", admitted, ALICE).width()).isEqualTo(24);
        assertThat(lookups).hasValue(0);
    }

    @Test
    void knowsNoFileOfAnotherKey() {
        StoredMedia upload = uploads.store("file", PNG, ALICE);
        URI url = media.url(upload.id(), StoredMedia.Kind.UPLOAD, URI.create("http://localhost"));

        assertFails(404, "image: there is no such file", () -> resolver.admit("image", url.toString(), BOB));
        assertFails(404, "image: there is no such file", () -> resolver.admit("image", "media:" + upload.id(), BOB));
        assertFails(
                404, "image: there is no such file", () -> resolver.resolve("image", "media:" + upload.id(), "bob"));
        assertFails(404, "image: there is no such file", () -> resolver.admit("image", "media:../../etc/passwd", BOB));
    }

    @Test
    void fetchesOtherUrlsWhenTheyAreNeeded() {
        serve("/a.png", PNG);
        String url = url("pictures.test", "/a.png#fragment");

        String admitted = resolver.admit("images[1]", url, ALICE);

        assertThat(admitted).isEqualTo(url("pictures.test", "/a.png"));
        assertThat(lookups).hasValue(0);
        assertThat(resolver.resolve("images[1]", admitted, ALICE).height()).isEqualTo(16);
    }

    @Test
    void namesWhatIsWrongWithAFetchedPicture() {
        serve("/page", "<html>not a picture, really</html>".getBytes());
        serve("/bomb", HostileFiles.all().get("png of 100,000 x 100,000"));

        assertFails(
                422, "images[0]: cannot be fetched: the server answered 404", () -> resolve("pictures.test", "/gone"));
        assertFails(
                422, "images[0]: picture: a web page (HTML) is not supported", () -> resolve("pictures.test", "/page"));
        assertFails(413, "images[0]: PNG: 100000x100000", () -> resolve("pictures.test", "/bomb"));
        assertFails(400, "images[0]: the host \"intranet.test\" is at a private", () -> resolve("intranet.test", "/"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.7/a.png, is at a private address",
        "http://169.254.169.254/latest/meta-data/, is at a link-local or metadata address",
        "http://[fd00:ec2::254]/, is at a private address",
        "http://2852039166/, is an IPv4 address in disguise",
        "http://0251.0376.0251.0376/, is an IPv4 address in disguise",
        "http://user@pictures.test/, user name or password",
        "file:///etc/passwd, neither an http(s) URL nor a data: URI nor base64",
        "ftp://pictures.test/a.png, neither an http(s) URL nor a data: URI nor base64",
        "/etc/passwd, neither an http(s) URL nor a data: URI nor base64",
        "a cat, neither an http(s) URL nor a data: URI nor base64",
        "'', neither an http(s) URL nor a data: URI nor base64",
        "data:image/png;base64, no comma",
        "'data:image/png,%89PNG', is not base64",
        "'data:image/png;base64,', neither",
        "'data:image/png;base64,####################################################', neither",
    })
    void refusesAtOnceWhatCanNeverBeAPicture(String reference, String reason) {
        ApiException failure = assertFails(400, "images[0]: ", () -> resolver.admit("images[0]", reference, ALICE));
        assertThat(failure).hasMessageContaining(reason);
        assertThat(lookups).hasValue(0);
    }

    static Stream<Map.Entry<String, byte[]>> hostileFiles() {
        return HostileFiles.all().entrySet().stream().filter(file -> file.getValue().length > 30);
    }

    @ParameterizedTest
    @MethodSource("hostileFiles")
    void refusesHostileFilesInline(Map.Entry<String, byte[]> file) {
        String inline = Base64.getEncoder().encodeToString(file.getValue());

        ApiException failure =
                catchThrowableOfType(ApiException.class, () -> resolver.admit("images[0]", inline, ALICE));

        assertThat(failure).isNotNull();
        assertThat(failure.status().value()).as(failure.getMessage()).isIn(413, 422);
        assertThat(failure.field()).isEqualTo("images[0]");
    }

    @Test
    void unpacksNoMoreThanThePixelsOfABomb() {
        String admitted = resolver.admit("image", Base64.getEncoder().encodeToString(HostileFiles.overlong()), ALICE);

        assertThat(resolver.resolve("image", admitted, ALICE).width()).isEqualTo(16);
    }

    @Test
    void refusesBase64ThatIsTooLongBeforeItIsDecoded() {
        String inline = "A".repeat(45_000_000);

        assertFails(413, "images[0]: 45000000 characters of base64", () -> resolver.admit("images[0]", inline, ALICE));
    }

    @Test
    void saysWhenAFileHasExpiredSinceTheRequestWasAccepted() {
        String admitted = resolver.admit("image", Base64.getEncoder().encodeToString(PNG), ALICE);
        clock.advance(Duration.ofDays(8));

        assertFails(
                404,
                "image: there is no such file, or it has expired",
                () -> resolver.resolve("image", admitted, "alice"));
    }

    private Picture resolve(String host, String path) {
        return resolver.resolve("images[0]", url(host, path), ALICE);
    }

    private String url(String host, String path) {
        return "http://" + host + ":" + server.getAddress().getPort() + path;
    }

    private void serve(String path, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static ApiException assertFails(int status, String message, ThrowingCallable call) {
        ApiException failure = catchThrowableOfType(ApiException.class, call);
        assertThat(failure).isNotNull();
        assertThat(failure).hasMessageStartingWith(message);
        assertThat(failure.status().value()).isEqualTo(status);
        return failure;
    }
}
