import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a submission takes while others poll and a picture is being made.
 *
 * <p>Usage: {@code java bench/Submissions.java PORT [RATE=200] [POLLERS=500] [SECONDS=20] [WARM_UP_SECONDS=5]
 * [WARM_UP_RATE=RATE]}; start the service before with {@code ./atelier serve --port PORT --data DIR
 * --atelier.queue.capacity=100000}. Each poller asks every two seconds, as the public example does.
 */
public final class Submissions {
    private static final Pattern ID = Pattern.compile("\"id\":\"(pred_[0-9A-Z]{26})\"");
    private static final long POLL_MILLIS = 2000;
    private static final String BODY =
            "{\"model\": \"bytedance/seedream-v4.5\", \"prompt\": \"a red barn\", \"size\": \"256*256\", \"steps\": 4, \"seed\": %d}";

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final ConcurrentLinkedQueue<Long> submitNanos = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> pollNanos = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();

    private Submissions(int port) {
        base = URI.create("http://localhost:" + port);
    }

    public static void main(String... args) throws Exception {
        int rate = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        int pollers = args.length > 2 ? Integer.parseInt(args[2]) : 500;
        int seconds = args.length > 3 ? Integer.parseInt(args[3]) : 20;
        Submissions bench = new Submissions(Integer.parseInt(args[0]));
        int warmUp = args.length > 4 ? Integer.parseInt(args[4]) : 5;
        int warmUpRate = args.length > 5 ? Integer.parseInt(args[5]) : rate;
        bench.run(warmUpRate, pollers, warmUp);
        bench.submitNanos.clear();
        bench.pollNanos.clear();
        bench.run(rate, pollers, seconds);
        System.out.println("submissions: " + summary(bench.submitNanos));
        System.out.println("polls:       " + summary(bench.pollNanos));
        System.out.println("failures:    " + bench.failures);
    }

    private void run(int rate, int pollers, int seconds) throws Exception {
        String id = submit(0);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        AtomicLong seed = new AtomicLong();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < pollers; i++) {
                long offset = POLL_MILLIS * i / pollers;
                threads.submit(() -> poll(id, end, offset));
            }
            clock.scheduleAtFixedRate(
                    () -> threads.submit(() -> submit(seed.incrementAndGet())), 0, 1_000_000_000L / rate, TimeUnit.NANOSECONDS);
            new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
            clock.shutdownNow();
        }
    }

    private String submit(long seed) {
        long start = System.nanoTime();
        String body = send(request("/api/v1/model/generateImage")
                .POST(HttpRequest.BodyPublishers.ofString(BODY.formatted(seed)))
                .build());
        submitNanos.add(System.nanoTime() - start);
        Matcher id = ID.matcher(body);
        return id.find() ? id.group(1) : "";
    }

    private void poll(String id, long end, long offsetMillis) {
        pause(offsetMillis);
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            send(request("/api/v1/model/prediction/" + id).GET().build());
            pollNanos.add(System.nanoTime() - start);
            pause(POLL_MILLIS);
        }
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                failures.incrementAndGet();
            }
            return answer.body();
        } catch (Exception e) {
            failures.incrementAndGet();
            return "";
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer $ATLASCLOUD_API_KEY")
                .header("Content-Type", "application/json");
    }

    private static String summary(ConcurrentLinkedQueue<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        List<Integer> percents = List.of(50, 95, 99, 100);
        StringBuilder line = new StringBuilder(sorted.length + " in all");
        for (int percent : percents) {
            int at = Math.min(sorted.length - 1, sorted.length * percent / 100);
            line.append(", p%d %.1f ms".formatted(percent, sorted[at] / 1e6));
        }
        return line.toString();
    }

    private static void pause(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
