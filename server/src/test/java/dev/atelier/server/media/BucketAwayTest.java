package dev.atelier.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import dev.atelier.server.ScriptedServer;
import dev.atelier.server.TcpProxy;
import dev.atelier.server.TestDatabase;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.prediction.Status;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket that is stopped while pictures are made, and comes back. */
class BucketAwayTest {
    @TempDir
    Path data;

    private LocalS3 bucket;
    private TcpProxy proxy;
    private ScriptedServer server;

    @BeforeEach
    void start() throws Exception {
        System.setProperty("aws.accessKeyId", "id");
        System.setProperty("aws.secretAccessKey", "secret");
        bucket = LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();
        bucket.start();
        proxy = TcpProxy.before(bucket.getPort());
        URI endpoint = URI.create("http://localhost:" + proxy.port());
        try (S3Client client = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build()) {
            client.createBucket(create -> create.bucket("secret-bucket"));
        }
        server = ScriptedServer.start(
                TestDatabase.H2.migrated(),
                data,
                "--atelier.media.s3.bucket=secret-bucket",
                "--atelier.media.s3.endpoint=" + endpoint,
                "--atelier.media.s3.path-style=true");
    }

    @AfterEach
    void stop() throws Exception {
        proxy.pass();
        server.close();
        proxy.close();
        bucket.shutdown();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void storingWaitsForTheBucket() {
        proxy.refuse();
        Prediction held = server.submit("a barn", 1, ApiKey.LOCAL);
        // More than the client of the bucket tries by itself.
        proxy.awaitRefused(10);
        assertThat(server.predictions().get(held.id(), ApiKey.LOCAL.id()).status())
                .isEqualTo(Status.PROCESSING);
        proxy.pass();

        Prediction ended = server.await(held, ApiKey.LOCAL);
        assertThat(ended.status()).as(ended.state().toString()).isEqualTo(Status.COMPLETED);
        assertThat(ended.outputs()).hasSize(1);
        assertThat(ended.state().attempts()).isEqualTo(1);
        assertThat(server.pipeline().calls).as("made once").hasSize(1);
    }

    @Test
    void anUploadIsRefusedForTheMomentWithoutTheBucketsName() throws Exception {
        proxy.refuse();
        String picture = Base64.getEncoder().encodeToString(HostileFiles.picture("png", 64, 64));
        HttpResponse<String> answer = server.send(
                "POST",
                "/api/v1/model/generateImage",
                "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a barn\", \"image\": \"" + picture + "\"}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(answer.body())
                .contains("the storage of files does not answer at the moment")
                .doesNotContain("secret-bucket");
    }
}
