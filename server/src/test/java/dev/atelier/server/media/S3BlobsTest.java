package dev.atelier.server.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Against an S3 server in this JVM. */
class S3BlobsTest {
    private static final String ID = "0123456789abcdef0123456789abcdef0123456789abcdef.png";
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"));

    private static LocalS3 server;
    private static S3Settings settings;

    @BeforeAll
    static void start() {
        server = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        server.start();
        URI endpoint = URI.create("http://localhost:" + server.getPort());
        settings = new S3Settings("studio", "files/", "us-east-1", endpoint, true, Duration.ofMinutes(5));
        try (S3Client client = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .credentialsProvider(CREDENTIALS)
                .build()) {
            client.createBucket(bucket -> bucket.bucket("studio"));
        }
    }

    @AfterAll
    static void stop() {
        server.shutdown();
    }

    @Test
    void storesReadsReplacesAndRemovesObjects() throws IOException {
        try (S3Blobs blobs = S3Blobs.connect(settings, CREDENTIALS)) {
            blobs.write(ID, "first".getBytes(UTF_8), "image/png");
            blobs.write(ID, "second".getBytes(UTF_8), "image/png");
            assertThat(blobs.open(ID)).hasContent("second");

            blobs.delete(ID);
            blobs.delete(ID);
            assertThatThrownBy(() -> blobs.open(ID)).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void sendsCallersToASignedLinkThatServesTheFile() throws IOException, InterruptedException {
        try (S3Blobs blobs = S3Blobs.connect(settings, CREDENTIALS);
                HttpClient http = HttpClient.newHttpClient()) {
            blobs.write(ID, "picture".getBytes(UTF_8), "image/png");
            StoredMedia media =
                    new StoredMedia(ID, StoredMedia.Kind.OUTPUT, "image/png", "alice", 7, Instant.EPOCH, Instant.EPOCH);

            URI link = blobs.direct(media).orElseThrow();

            assertThat(link).hasPath("/studio/files/" + ID);
            assertThat(link.getQuery()).contains("X-Amz-Signature=", "X-Amz-Expires=300");
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("picture");
        }
    }

    @Test
    void saysWhichBucketFails() {
        S3Settings missing =
                new S3Settings("nowhere", "files/", "us-east-1", settings.endpoint(), true, Duration.ofMinutes(5));
        try (S3Blobs blobs = S3Blobs.connect(missing, CREDENTIALS)) {
            assertThatThrownBy(() -> blobs.write(ID, new byte[1], "image/png"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("bucket nowhere: cannot store files/" + ID);
        }
    }
}
