package dev.atelier.server.api.atlas;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.usage.UsageRecords;
import dev.atelier.server.usage.UsageRecords.DayOfModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What clients of the hosted service ask about money and quantities, in its bare bodies. Nothing costs anything here: money is zero,
 * quantities are true.
 */
@RestController
@Tag(name = "Usage")
class BillingController {
    private static final String SELF = "self";
    private static final Map<String, String> NOTHING = Map.of("value", "0", "currency", "usd");

    private final UsageRecords usage;
    private final Clock clock;

    BillingController(UsageRecords usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    @GetMapping({"/public/v1/balance", "/api/v1/public/v1/balance"})
    @Operation(summary = "Nothing costs anything here: always zero, and never used up")
    ResponseEntity<Object> funds(ApiKey key) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("object", "balance");
        body.put("scope", SELF);
        body.put("account", Map.of("id", key.id(), "name", key.name(), "type", "key"));
        for (String money : List.of("available", "cash", "bonus", "subscription_bonus", "frozen")) {
            body.put(money, NOTHING);
        }
        body.put(
                "credit_grant",
                Map.of("status", "unlimited: nothing costs anything here", "granted", NOTHING, "used", NOTHING));
        return AtlasJson.ok(body);
    }

    @GetMapping({"/public/v1/model-usage", "/api/v1/public/v1/model-usage"})
    @Operation(
            summary = "What this key has used, by day",
            description =
                    "start_date and end_date (exclusive), at most 180 days; group_by[] of model_type, model, api_key;"
                            + " model_types[], model_ids[]; limit (rows, 1 to 1000) and page")
    ResponseEntity<Object> modelUsage(HttpServletRequest request, ApiKey key) {
        return days("model_usage", request, key, BillingController::quantities);
    }

    @GetMapping({"/public/v1/model-costs", "/api/v1/public/v1/model-costs"})
    @Operation(summary = "Requests of this key by day, which cost nothing; narrowed as model-usage")
    ResponseEntity<Object> modelCosts(HttpServletRequest request, ApiKey key) {
        return days("model_costs", request, key, BillingController::costs);
    }

    private ResponseEntity<Object> days(
            String object, HttpServletRequest request, ApiKey key, Function<DayOfModel, Map<String, Object>> shown) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        UsageQuery query = UsageQuery.of(request, today);
        List<DayOfModel> rows =
                query.rows(usage.byDay(key.id(), query.first(), query.end().minusDays(1)));
        UsageQuery.Page page = query.page(rows);
        Map<LocalDate, List<DayOfModel>> byDay = page.rows().stream().collect(Collectors.groupingBy(DayOfModel::day));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("object", object);
        body.put("scope", SELF);
        body.put(
                "data",
                page.first()
                        .datesUntil(page.end())
                        .map(day -> bucket(day, today, byDay.getOrDefault(day, List.of()), row -> {
                            Map<String, Object> result = query.groups(row, key);
                            result.putAll(shown.apply(row));
                            return result;
                        }))
                        .toList());
        body.put("has_more", !page.next().isEmpty());
        body.put("next_page", page.next().isEmpty() ? null : page.next());
        return AtlasJson.ok(body);
    }

    private static Map<String, Object> bucket(
            LocalDate day, LocalDate today, List<DayOfModel> rows, Function<DayOfModel, Map<String, Object>> shown) {
        Map<String, Object> bucket = new LinkedHashMap<>();
        bucket.put("object", "bucket");
        bucket.put("date", day.toString());
        bucket.put("start_at", start(day).toString());
        bucket.put("end_at", start(day.plusDays(1)).toString());
        bucket.put("partial", !day.isBefore(today));
        bucket.put("results", rows.stream().map(shown).toList());
        return bucket;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Map<String, Object> quantities(DayOfModel row) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("requests", row.predictions());
        result.put("failed", row.failed());
        result.put("images", row.images());
        result.put("pixels", row.pixels());
        result.put("seconds", row.seconds());
        return result;
    }

    private static Map<String, Object> costs(DayOfModel row) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("requests", row.predictions());
        result.put("amount", NOTHING);
        return result;
    }
}
