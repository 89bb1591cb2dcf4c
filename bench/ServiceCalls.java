import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Calls of a service that may be dead at any moment; used by {@link KillNine}. */
final class ServiceCalls {
    private static final Pattern OUTPUTS = Pattern.compile("\"outputs\":\\[([^\\]]*)\\]");

    private final URI base;
    private final HttpClient http;

    ServiceCalls(URI base, HttpClient http) {
        this.base = base;
        this.http = http;
    }

    /** Whether a picture can be read from there. */
    boolean opens(String url) {
        try {
            HttpResponse<byte[]> file = http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return file.statusCode() == 200 && ImageIO.read(new ByteArrayInputStream(file.body())) != null;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean answers(String path) {
        return !get(path).isEmpty();
    }

    /** The body of a 200; empty for anything else. */
    String get(String path) {
        try {
            HttpResponse<String> answer = http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer $ATLASCLOUD_API_KEY")
                .header("Content-Type", "application/json");
    }

    /** Addresses of the pictures in an answer. */
    static List<String> outputs(String body) {
        String list = first(OUTPUTS, body);
        return list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(",")).map(o -> o.replace("\"", "")).toList();
    }

    /** The first group of the first match; empty when there is none. */
    static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    static int number(Pattern pattern, String text) {
        String found = first(pattern, text);
        return found.isEmpty() ? 0 : Integer.parseInt(found);
    }

    /** Whether a prediction with this status is over. */
    static boolean isEnd(String status) {
        return status.equals("completed") || status.equals("failed") || status.equals("canceled");
    }
}
