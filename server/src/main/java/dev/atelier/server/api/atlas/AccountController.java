package dev.atelier.server.api.atlas;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.usage.UsageRecords;
import dev.atelier.server.usage.UsageRecords.DayOfModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a key has used. Nothing costs anything here, so money is zero and quantities are true. */
@RestController
@Tag(name = "Usage")
class AccountController {
    private static final int MAX_DAYS = 366;
    private static final int MAX_ROWS = 1000;
    private static final String FREE = "0";

    private final UsageRecords usage;
    private final Clock clock;

    AccountController(UsageRecords usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    /** Days of a key's usage, the last 30 when the caller does not say. */
    @GetMapping({"/api/v1/usage", "/api/v1/usage/"})
    @Operation(summary = "What this key has used, by day")
    ResponseEntity<Object> usage(
            @RequestParam(name = "start_date", defaultValue = "") String start,
            @RequestParam(name = "end_date", defaultValue = "") String end,
            ApiKey key) {
        List<DayOfModel> days = days(key, start, end);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("key", key.name());
        data.put("images_per_day", key.limits().imagesPerDay());
        data.put("images_today", usage.imagesOfDay(key.id(), clock.instant()));
        data.put("days", days.stream().map(AccountController::row).toList());
        return AtlasJson.ok(AtlasJson.envelope(data));
    }

    @GetMapping({"/public/v1/balance", "/api/v1/public/v1/balance"})
    @Operation(summary = "Nothing costs anything here: always zero and unlimited")
    ResponseEntity<Object> funds(ApiKey key) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("balance", FREE);
        data.put("currency", "USD");
        data.put("unlimited", true);
        return AtlasJson.ok(AtlasJson.envelope(data));
    }

    @GetMapping({"/public/v1/model-usage", "/api/v1/public/v1/model-usage"})
    @Operation(summary = "What this key has used, by day and model")
    ResponseEntity<Object> modelUsage(Period period, ApiKey key) {
        return page(
                days(key, period.start(), period.end()).stream()
                        .map(AccountController::row)
                        .toList(),
                period);
    }

    @GetMapping({"/public/v1/model-costs", "/api/v1/public/v1/model-costs"})
    @Operation(summary = "Requests by day and model; they cost nothing")
    ResponseEntity<Object> modelCosts(Period period, ApiKey key) {
        return page(
                days(key, period.start(), period.end()).stream()
                        .map(AccountController::cost)
                        .toList(),
                period);
    }

    /** What both listings by day are narrowed to; {@code group_by[]} of day and model is how they always are. */
    record Period(String start_date, String end_date, String limit, String page) {
        String start() {
            return start_date == null ? "" : start_date;
        }

        String end() {
            return end_date == null ? "" : end_date;
        }

        int rows() {
            return number("limit", limit, 100, MAX_ROWS);
        }

        int number() {
            return number("page", page, 1, 1_000_000);
        }

        private static int number(String field, String value, int otherwise, int atMost) {
            if (value == null || value.isEmpty()) {
                return otherwise;
            }
            if (!value.matches("[0-9]{1,7}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > atMost) {
                throw ApiException.invalid(field, "is not in 1 to " + atMost);
            }
            return Integer.parseInt(value);
        }
    }

    private static ResponseEntity<Object> page(List<Map<String, Object>> rows, Period period) {
        long from = Math.min(rows.size(), (period.number() - 1L) * period.rows());
        long to = Math.min(rows.size(), from + period.rows());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("total", rows.size());
        data.put("page", period.number());
        data.put("limit", period.rows());
        data.put("items", rows.subList((int) from, (int) to));
        return AtlasJson.ok(AtlasJson.envelope(data));
    }

    private List<DayOfModel> days(ApiKey key, String start, String end) {
        LocalDate last = date("end_date", end, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        LocalDate first = date("start_date", start, last.minusDays(29));
        if (first.isAfter(last) || first.plusDays(MAX_DAYS).isBefore(last)) {
            throw ApiException.invalid(
                    "start_date", first + " to " + last + " is not a period of 1 to " + MAX_DAYS + " days");
        }
        return usage.byDay(key.id(), first, last);
    }

    private static LocalDate date(String field, String text, LocalDate otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            LocalDate date = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
            if (date.getYear() < 2000 || date.getYear() > 9999) {
                throw ApiException.invalid(field, date + " is not in the years 2000 to 9999");
            }
            return date;
        } catch (DateTimeParseException e) {
            throw ApiException.invalid(field, "is no date such as 2026-11-22");
        }
    }

    private static Map<String, Object> row(DayOfModel day) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("date", day.day().toString());
        row.put("model", day.model());
        row.put("requests", day.predictions());
        row.put("failed", day.failed());
        row.put("images", day.images());
        row.put("pixels", day.pixels());
        row.put("seconds", day.seconds());
        return row;
    }

    private static Map<String, Object> cost(DayOfModel day) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("date", day.day().toString());
        row.put("model", day.model());
        row.put("requests", day.predictions());
        row.put("cost", FREE);
        row.put("currency", "USD");
        return row;
    }
}
