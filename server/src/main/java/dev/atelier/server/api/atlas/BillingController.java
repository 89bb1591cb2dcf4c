package dev.atelier.server.api.atlas;

import dev.atelier.api.usage.Balance;
import dev.atelier.api.usage.DailyUsage;
import dev.atelier.api.usage.Money;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.api.atlas.UsageQuery.Groups;
import dev.atelier.server.usage.UsageRecords;
import dev.atelier.server.usage.UsageRecords.DayOfModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
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

    private final UsageRecords usage;
    private final Clock clock;

    BillingController(UsageRecords usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    @GetMapping({"/public/v1/balance", "/api/v1/public/v1/balance"})
    @Operation(summary = "Nothing costs anything here: always zero, and never used up")
    ResponseEntity<Balance> funds(ApiKey key) {
        return AtlasJson.ok(balance(key));
    }

    @GetMapping({"/public/v1/model-usage", "/api/v1/public/v1/model-usage"})
    @Operation(
            summary = "What this key has used, by day",
            description =
                    "start_date and end_date (exclusive), at most 180 days; group_by[] of model_type, model, api_key;"
                            + " model_types[], model_ids[]; limit (rows, 1 to 1000) and page")
    ResponseEntity<DailyUsage> modelUsage(HttpServletRequest request, ApiKey key) {
        return AtlasJson.ok(days(false, request.getParameterMap(), key));
    }

    @GetMapping({"/public/v1/model-costs", "/api/v1/public/v1/model-costs"})
    @Operation(summary = "Requests of this key by day, which cost nothing; narrowed as model-usage")
    ResponseEntity<DailyUsage> modelCosts(HttpServletRequest request, ApiKey key) {
        return AtlasJson.ok(days(true, request.getParameterMap(), key));
    }

    static Balance balance(ApiKey key) {
        return Balance.of(SELF, new Balance.Account(key.id(), key.name(), "key"));
    }

    /** @param parameters of the request */
    DailyUsage days(boolean costs, Map<String, String[]> parameters, ApiKey key) {
        BiFunction<DayOfModel, Groups, DailyUsage.Row> shown =
                costs ? BillingController::costs : BillingController::quantities;
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        UsageQuery query = UsageQuery.of(parameters, today);
        List<DayOfModel> rows =
                query.rows(usage.byDay(key.id(), query.first(), query.end().minusDays(1)));
        UsageQuery.Page page = query.page(rows);
        Map<LocalDate, List<DailyUsage.Row>> byDay = page.rows().stream()
                .collect(Collectors.groupingBy(
                        DayOfModel::day,
                        Collectors.mapping(row -> shown.apply(row, query.groups(row, key)), Collectors.toList())));
        return new DailyUsage(
                costs ? "model_costs" : "model_usage",
                SELF,
                page.first()
                        .datesUntil(page.end())
                        .map(day -> bucket(day, today, byDay.getOrDefault(day, List.of())))
                        .toList(),
                !page.next().isEmpty(),
                page.next().isEmpty() ? null : page.next());
    }

    private static DailyUsage.Bucket bucket(LocalDate day, LocalDate today, List<DailyUsage.Row> rows) {
        return new DailyUsage.Bucket(
                "bucket", day.toString(), start(day), start(day.plusDays(1)), !day.isBefore(today), rows);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static DailyUsage.Row quantities(DayOfModel row, Groups groups) {
        return new DailyUsage.Row(
                groups.modelType(),
                groups.model(),
                groups.apiKey(),
                row.predictions(),
                row.failed(),
                row.images(),
                row.pixels(),
                row.seconds(),
                null);
    }

    private static DailyUsage.Row costs(DayOfModel row, Groups groups) {
        return new DailyUsage.Row(
                groups.modelType(),
                groups.model(),
                groups.apiKey(),
                row.predictions(),
                null,
                null,
                null,
                null,
                Money.NOTHING);
    }
}
