package dev.atelier.server.outbound;

import static dev.atelier.server.outbound.OutboundException.Reason.BAD_URL;
import static dev.atelier.server.outbound.OutboundException.Reason.STATUS;
import static dev.atelier.server.outbound.OutboundException.Reason.TIMEOUT;
import static dev.atelier.server.outbound.OutboundException.Reason.TOO_LARGE;
import static dev.atelier.server.outbound.OutboundException.Reason.UNREACHABLE;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * Calls URLs that callers named, inside bounds: only addresses that the policy allows (checked at every connection, so also
 * after a redirect), a total time, a number of redirects, a size of the answer. No cookies, no credentials, no retries, no
 * unpacking of compressed answers, no connection kept for another call. Safe for any number of threads.
 */
public final class OutboundClient implements AutoCloseable {
    private static final int MAX_HEADER_LINE = 8192;
    private static final int MAX_HEADERS = 100;

    private final CloseableHttpClient http;
    private final GuardedResolver resolver;
    private final OutboundLimits limits;
    private final ExecutorService calls;

    /** An answer with a 2xx status and its whole body. */
    public record Answer(int status, byte[] body) {}

    public OutboundClient(AddressPolicy policy, OutboundLimits limits, HostLookup lookup) {
        this.limits = limits;
        this.resolver = new GuardedResolver(policy, lookup);
        this.calls = calls(limits.concurrent());
        Timeout connect = Timeout.of(limits.connect());
        Timeout total = Timeout.of(limits.total());
        Http1Config headers = Http1Config.custom()
                .setMaxLineLength(MAX_HEADER_LINE)
                .setMaxHeaderCount(MAX_HEADERS)
                .build();
        http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(resolver)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(headers)
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connect)
                                .setSocketTimeout(total)
                                .build())
                        .setMaxConnTotal(limits.concurrent())
                        .setMaxConnPerRoute(limits.concurrent())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(total)
                        .setResponseTimeout(total)
                        .build())
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setUserAgent("Atelier")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /**
     * Refuses what needs no name look-up to be refused: a malformed URL, a private address written out, the machine itself.
     *
     * @return the URL without its fragment
     * @throws OutboundException saying what is wrong
     */
    public URI check(String url) {
        URI checked = OutboundUrl.parse(url);
        resolver.refuseLiteral(checked.getHost());
        return checked;
    }

    /**
     * The body behind {@code url}, redirects followed.
     *
     * @param maxBytes longest body accepted
     * @throws OutboundException for every way this can fail
     */
    public byte[] get(URI url, int maxBytes) {
        return within(running -> {
            URI at = OutboundUrl.check(url);
            for (int hops = 0; hops <= limits.redirects(); hops++) {
                HttpGet request = new HttpGet(at);
                running.set(request);
                try (ClassicHttpResponse response = open(request);
                        Closeable _ = request::abort) {
                    Header location = response.getFirstHeader("Location");
                    if (response.getCode() / 100 == 3 && location != null) {
                        at = redirected(at, location.getValue());
                        continue;
                    }
                    return body(response, maxBytes);
                }
            }
            throw new OutboundException(STATUS, "more than " + limits.redirects() + " redirects");
        });
    }

    /**
     * Sends {@code body} as JSON; redirects are not followed.
     *
     * @return the status, 200 to 299
     * @throws OutboundException for every way this can fail, other statuses among them
     */
    public int post(URI url, byte[] body, Map<String, String> headers) {
        return within(running -> {
            HttpPost request = new HttpPost(OutboundUrl.check(url));
            running.set(request);
            headers.forEach(request::setHeader);
            request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
            try (ClassicHttpResponse response = open(request);
                    Closeable _ = request::abort) {
                requireSuccess(response);
                return response.getCode();
            }
        });
    }

    @Override
    public void close() throws IOException {
        calls.shutdownNow();
        http.close();
    }

    @FunctionalInterface
    private interface Call<T> {
        T run(AtomicReference<HttpUriRequestBase> running) throws IOException;
    }

    /** Runs a call on a thread of its own, so that a slow name look-up or a dripping answer cannot outlast the limit. */
    private <T> T within(Call<T> call) {
        AtomicReference<HttpUriRequestBase> running = new AtomicReference<>();
        Future<T> result = calls.submit(() -> call.run(running));
        try {
            return result.get(limits.total().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            stop(running, result);
            throw new OutboundException(
                    TIMEOUT, "no complete answer within " + limits.total().toSeconds() + " s", e);
        } catch (InterruptedException e) {
            stop(running, result);
            Thread.currentThread().interrupt();
            throw new OutboundException(TIMEOUT, "the server is stopping", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof OutboundException known
                    ? known
                    : new OutboundException(UNREACHABLE, describe(e.getCause()), e.getCause());
        }
    }

    /** Platform threads: a name look-up that hangs holds its thread, and must not hold the carrier of every virtual one. */
    private static ExecutorService calls(int concurrent) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                concurrent,
                concurrent,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("outbound-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static void stop(AtomicReference<HttpUriRequestBase> running, Future<?> result) {
        HttpUriRequestBase request = running.get();
        if (request != null) {
            request.abort();
        }
        result.cancel(true);
    }

    /** The caller aborts the request before closing the answer: closing alone would read an endless body to its end. */
    private ClassicHttpResponse open(HttpUriRequestBase request) throws IOException {
        return http.executeOpen(null, request, null);
    }

    private static URI redirected(URI from, String location) {
        try {
            return OutboundUrl.check(from.resolve(location));
        } catch (IllegalArgumentException e) {
            throw new OutboundException(BAD_URL, "the redirect's target is not a URL", e);
        }
    }

    private static byte[] body(ClassicHttpResponse response, int maxBytes) throws IOException {
        requireSuccess(response);
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            throw new OutboundException(UNREACHABLE, "the answer is empty");
        }
        byte[] bytes = entity.getContentLength() > maxBytes
                ? new byte[0]
                : entity.getContent().readNBytes(maxBytes + 1);
        boolean tooLarge = entity.getContentLength() > maxBytes || bytes.length > maxBytes;
        if (tooLarge) {
            throw new OutboundException(TOO_LARGE, "the answer is longer than " + maxBytes + " bytes");
        }
        return bytes;
    }

    private static void requireSuccess(ClassicHttpResponse response) {
        if (response.getCode() / 100 != 2) {
            throw new OutboundException(STATUS, "the server answered " + response.getCode());
        }
    }

    private static String describe(Throwable cause) {
        return switch (cause) {
            case UnknownHostException _ -> "the host is unknown";
            case SSLException _ -> "the TLS connection failed";
            case SocketTimeoutException _ -> "the server does not answer";
            case ConnectException _ -> "the server refuses the connection";
            default -> "the connection failed";
        };
    }
}
