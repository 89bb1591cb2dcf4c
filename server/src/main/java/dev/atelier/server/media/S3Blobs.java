package dev.atelier.server.media;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Objects in a bucket; callers are sent to presigned links, which serve ranges by themselves. */
final class S3Blobs implements Blobs, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ATTEMPT = Duration.ofSeconds(30);
    private static final Duration CALL = Duration.ofSeconds(60);

    private final S3Client client;
    private final S3Presigner presigner;
    private final S3Settings settings;

    private S3Blobs(S3Client client, S3Presigner presigner, S3Settings settings) {
        this.client = client;
        this.presigner = presigner;
        this.settings = settings;
    }

    /** Credentials as the AWS SDK finds them: environment, system properties, profile, container or instance role. */
    static S3Blobs connect(S3Settings settings) {
        return connect(settings, DefaultCredentialsProvider.builder().build());
    }

    static S3Blobs connect(S3Settings settings, AwsCredentialsProvider credentials) {
        Region region = Region.of(settings.region());
        S3Configuration style = S3Configuration.builder()
                .pathStyleAccessEnabled(settings.pathStyle())
                .build();
        S3ClientBuilder client = S3Client.builder()
                .region(region)
                .credentialsProvider(credentials)
                .serviceConfiguration(style)
                .overrideConfiguration(
                        calls -> calls.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL))
                .httpClientBuilder(Apache5HttpClient.builder().connectionTimeout(CONNECT));
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(region)
                .credentialsProvider(credentials)
                .serviceConfiguration(style);
        if (settings.endpoint() != null) {
            client.endpointOverride(settings.endpoint());
            presigner.endpointOverride(settings.endpoint());
        }
        return new S3Blobs(client.build(), presigner.build(), settings);
    }

    @Override
    public void write(String id, byte[] bytes, String contentType) throws IOException {
        try {
            client.putObject(
                    put -> put.bucket(settings.bucket()).key(key(id)).contentType(contentType),
                    RequestBody.fromBytes(bytes));
        } catch (SdkException e) {
            throw failed("store", id, e);
        }
    }

    @Override
    public InputStream open(String id) throws IOException {
        try {
            return client.getObject(get -> get.bucket(settings.bucket()).key(key(id)));
        } catch (NoSuchKeyException e) {
            NoSuchFileException missing = new NoSuchFileException(id);
            missing.initCause(e);
            throw missing;
        } catch (SdkException e) {
            throw failed("read", id, e);
        }
    }

    @Override
    public void delete(String id) throws IOException {
        try {
            client.deleteObject(delete -> delete.bucket(settings.bucket()).key(key(id)));
        } catch (SdkException e) {
            throw failed("remove", id, e);
        }
    }

    @Override
    public Optional<URI> direct(StoredMedia media) {
        return Optional.of(URI.create(presigner
                .presignGetObject(link -> link.signatureDuration(settings.presign())
                        .getObjectRequest(get -> get.bucket(settings.bucket())
                                .key(key(media.id()))
                                .responseContentType(media.contentType())))
                .url()
                .toExternalForm()));
    }

    @Override
    public void close() {
        client.close();
        presigner.close();
    }

    private String key(String id) {
        return settings.prefix() + id;
    }

    private IOException failed(String action, String id, SdkException cause) {
        return new IOException("bucket " + settings.bucket() + ": cannot " + action + " " + key(id), cause);
    }
}
