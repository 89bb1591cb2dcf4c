package dev.atelier.hub;

import dev.atelier.hub.HubException.Kind;
import dev.atelier.hub.Retry.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Fetches one file: continues where an earlier try stopped, checks size and checksum, then moves it into place in one step. */
final class FileDownload {
    private static final int BUFFER = 1 << 18;
    /** A try that got this much further does not count as failed. */
    private static final long PROGRESS = 1 << 20;
    /** ETags that {@code If-Range} allows: strong ones. */
    private static final Pattern STRONG_ETAG = Pattern.compile("\"[\\x21\\x23-\\x7e]{1,200}\"");

    private final HubHttp http;
    private final Retry retry;
    private final Disk disk;
    private final StallGuard guard;
    private final PullListener listener;

    FileDownload(HubHttp http, Retry retry, Disk disk, StallGuard guard, PullListener listener) {
        this.http = http;
        this.retry = retry;
        this.disk = disk;
        this.guard = guard;
        this.listener = listener;
    }

    /** A file on its way from {@code address} to {@code target}. */
    record Job(ModelId model, URI address, RemoteFile file, Path target) {
        PartFile part() {
            return new PartFile(file, target);
        }

        private String name() {
            return file.path();
        }

        private long size() {
            return file.size();
        }
    }

    /**
     * All bytes are in the part file.
     *
     * @param resumed whether some of them came in an earlier try
     */
    private record Received(MessageDigest digest, boolean resumed) {}

    /** Leaves the target whole and verified, or throws and leaves it as it was. */
    void run(Job job) throws InterruptedException {
        retry.run(job.name(), () -> {
            attempt(job);
            return job.target();
        });
    }

    private void attempt(Job job) throws TransientFailure, InterruptedException {
        PartFile part = job.part();
        try {
            Files.createDirectories(job.target().getParent());
            long have = part.resumableBytes();
            Received received =
                    have == job.size() && have > 0 ? new Received(part.digest(), true) : receive(job, part, have);
            verify(job, part, received);
            part.publish();
            listener.onFile(job.name(), job.size());
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException(job.name());
        } catch (IOException e) {
            throw Disk.failure(part.path(), e);
        }
    }

    private Received receive(Job job, PartFile part, long have)
            throws IOException, TransientFailure, InterruptedException {
        HttpResponse<InputStream> response = http.get(job.model(), job.address(), rangeHeaders(part, have));
        try (StallGuard.Watched body = guard.watch(response.body())) {
            boolean resumed = have > 0 && response.statusCode() == 206;
            if (have > 0 && !resumed) {
                part.discard();
                listener.onBytes(-have);
            }
            requireExpected(job, part, response, resumed ? have : 0);
            part.tag(response.headers().firstValue("ETag").orElse(""));
            MessageDigest digest = part.digest();
            copy(job, part, body, digest, resumed ? have : 0);
            return new Received(digest, resumed);
        }
    }

    private void copy(Job job, PartFile part, StallGuard.Watched body, MessageDigest digest, long from)
            throws IOException, TransientFailure, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        long at = from;
        try (OutputStream out = disk.append(part.path())) {
            for (int n = read(job, body, buffer, at, from); n >= 0; n = read(job, body, buffer, at, from)) {
                if (at + n > job.size()) {
                    part.discard();
                    throw wrongSize(job, "more");
                }
                out.write(buffer, 0, n);
                digest.update(buffer, 0, n);
                at += n;
                listener.onBytes(n);
            }
        }
        if (at < job.size()) {
            throw cutOff(job, at, from, null);
        }
    }

    private static int read(Job job, StallGuard.Watched body, byte[] buffer, long at, long from)
            throws TransientFailure, InterruptedException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(job.name());
            }
            throw cutOff(job, at, from, e);
        }
    }

    private static Map<String, String> rangeHeaders(PartFile part, long have) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (have > 0) {
            headers.put("Range", "bytes=" + have + "-");
            String etag = part.etag();
            if (STRONG_ETAG.matcher(etag).matches()) {
                headers.put("If-Range", etag);
            }
        }
        return headers;
    }

    /** Checks, before a byte is written, that the answer carries the rest of the file from {@code from}. */
    private void requireExpected(Job job, PartFile part, HttpResponse<InputStream> response, long from)
            throws IOException, TransientFailure {
        HttpHeaders headers = response.headers();
        int status = response.statusCode();
        if (status == 416) {
            throw new TransientFailure("the server has no bytes from " + from + " on; starting over", null);
        }
        if (status == 206) {
            String range = headers.firstValue("Content-Range").orElse("");
            if (!range.equals("bytes " + from + "-" + (job.size() - 1) + "/" + job.size())) {
                part.discard();
                listener.onBytes(-from);
                throw new TransientFailure("the server sent another part ('" + range + "'); starting over", null);
            }
            return;
        }
        long length = headers.firstValueAsLong("Content-Length").orElse(job.size());
        if (length != job.size()) {
            throw wrongSize(job, Long.toString(length));
        }
    }

    private void verify(Job job, PartFile part, Received received) throws IOException, TransientFailure {
        if (job.file().checksum().matches(received.digest())) {
            return;
        }
        part.discard();
        listener.onBytes(-job.size());
        if (received.resumed()) {
            throw new TransientFailure("the parts do not fit together; starting over", null);
        }
        throw new HubException(
                Kind.CORRUPT,
                job.name() + ": the bytes that came do not have the checksum that the hub lists ("
                        + job.file().checksum().hex() + "); they were deleted");
    }

    private static HubException wrongSize(Job job, String came) {
        return new HubException(
                Kind.CORRUPT, job.name() + ": the hub lists " + job.size() + " bytes, the server sends " + came);
    }

    private static TransientFailure cutOff(Job job, long at, long from, IOException cause) {
        return new TransientFailure(
                Kind.UNAVAILABLE,
                "the connection broke off after " + at + " of " + job.size() + " bytes",
                Duration.ZERO,
                at - from >= PROGRESS,
                cause);
    }
}
