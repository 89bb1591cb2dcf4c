import dev.atelier.server.AtelierServer;
import dev.atelier.server.prediction.Prediction;
import dev.atelier.server.queue.LeaseOwner;
import dev.atelier.server.queue.WorkQueue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a submission and a claim take while little and while much waits: neither may depend on it.
 *
 * <p>Usage, after {@code ./mvnw -DskipTests package}: {@code java -cp 'cli/target/lib/*' bench/QueueDepth.java [JDBC_URL]}; without a URL
 * in an embedded database of its own. A PostgreSQL must be empty; name and password as {@code ?user=…&password=…}.
 */
public final class QueueDepth {
    private static final int[] WAITING = {100, 100_000};
    private static final int WARM_UP = 300;
    private static final int TIMES = 500;
    private static final int KEYS = 9;
    private static final String MODEL = "seedling-1";
    private static final LeaseOwner DEVICE = new LeaseOwner("bench", Duration.ofHours(1));
    private static final String ORDER =
            "{\"model\": \"seedling-1\", \"prompt\": \"a red barn\", \"size\": \"256*256\", \"steps\": 4, \"seed\": 1}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JdbcClient jdbc;
    private final WorkQueue queue;
    private final URI generate;
    private final String numbers;

    private QueueDepth(ConfigurableApplicationContext service, boolean postgres) {
        jdbc = service.getBean(JdbcClient.class);
        queue = service.getBean(WorkQueue.class);
        generate = URI.create("http://localhost:" + service.getEnvironment().getProperty("local.server.port")
                + "/api/v1/model/generateImage");
        numbers = postgres
                ? "(SELECT g AS x FROM generate_series(CAST(:from AS INTEGER), CAST(:to AS INTEGER)) g)"
                : "SYSTEM_RANGE(:from, :to)";
    }

    public static void main(String... args) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "--server.port=0",
                "--atelier.data=" + Files.createTempDirectory("queue-depth"),
                "--atelier.worker.enabled=false",
                "--atelier.queue.capacity=1000000"));
        if (args.length > 0) {
            settings.add("--spring.datasource.url=" + args[0]);
        }
        try (ConfigurableApplicationContext service = AtelierServer.start(settings.toArray(String[]::new))) {
            new QueueDepth(service, args.length > 0).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        submit();
        measure(WARM_UP);
        double[][] took = new double[WAITING.length][];
        for (int i = 0; i < WAITING.length; i++) {
            fillTo(WAITING[i]);
            took[i] = measure(TIMES);
            System.out.printf(
                    "%,9d wait: submission %.2f ms (95 %% %.2f), claim %.2f ms (95 %% %.2f)%n",
                    WAITING[i], took[i][0], took[i][1], took[i][2], took[i][3]);
        }
        System.out.printf(
                "ratio of the medians: submission %.2f, claim %.2f%n",
                took[1][0] / took[0][0], took[1][2] / took[0][2]);
    }

    /** Median and 95th percentile of submissions, then of claims, in milliseconds; what waits is as much afterwards. */
    private double[] measure(int times) throws IOException, InterruptedException {
        double[] submissions = new double[times];
        double[] claims = new double[times];
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            submit();
            submissions[i] = (System.nanoTime() - begin) / 1e6;
            begin = System.nanoTime();
            Prediction claimed = queue.claim(DEVICE, Set.of(MODEL)).orElseThrow();
            claims[i] = (System.nanoTime() - begin) / 1e6;
            jdbc.sql("UPDATE prediction SET status = 'canceled', lease_owner = NULL, lease_until = NULL WHERE id = :id")
                    .param("id", claimed.id())
                    .update();
        }
        Arrays.sort(submissions);
        Arrays.sort(claims);
        int most = (int) (0.95 * times);
        return new double[] {submissions[times / 2], submissions[most], claims[times / 2], claims[most]};
    }

    private void submit() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(generate)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ORDER))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
    }

    /** Copies of one that waits, of several keys. */
    private void fillTo(int waiting) {
        int already = jdbc.sql("SELECT COUNT(*) FROM prediction WHERE status = 'starting'")
                .query(Integer.class)
                .single();
        jdbc.sql("""
                INSERT INTO prediction (id, owner, model, served_by, request, plan, delivery, batch_key, images, priority, status,
                    progress, error, attempts, created_at, deadline)
                SELECT 'pred_' || n.x, 'key' || MOD(n.x, %d), p.model, p.served_by, p.request, p.plan, p.delivery, p.batch_key,
                    p.images, p.priority, p.status, 0, '', 0, p.created_at, p.deadline
                FROM (SELECT * FROM prediction WHERE status = 'starting' LIMIT 1) p CROSS JOIN %s n""".formatted(KEYS, numbers))
                .param("from", already + 1)
                .param("to", waiting)
                .update();
        jdbc.sql("ANALYZE").update();
    }
}
