package dev.atelier.server.api.atlas;

import dev.atelier.api.Answer;
import dev.atelier.api.usage.UsageView;
import dev.atelier.server.access.ApiKey;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.usage.UsageRecords;
import dev.atelier.server.usage.UsageRecords.DayOfModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a key has used, in the words of this service. */
@RestController
@Tag(name = "Usage")
class AccountController {
    private static final int MAX_DAYS = 366;

    private final UsageRecords usage;
    private final Clock clock;

    AccountController(UsageRecords usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    /** Days of a key's usage, the last 30 when the caller does not say. */
    @GetMapping({"/api/v1/usage", "/api/v1/usage/"})
    @Operation(summary = "What this key has used, by day")
    ResponseEntity<Answer<UsageView>> usage(
            @RequestParam(name = "start_date", defaultValue = "") String start,
            @RequestParam(name = "end_date", defaultValue = "") String end,
            ApiKey key) {
        List<DayOfModel> days = days(key, start, end);
        return AtlasJson.answer(new UsageView(
                key.name(),
                key.limits().imagesPerDay(),
                usage.imagesOfDay(key.id(), clock.instant()),
                days.stream().map(AccountController::row).toList()));
    }

    private List<DayOfModel> days(ApiKey key, String start, String end) {
        LocalDate last = UsageQuery.date("end_date", end, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        LocalDate first = UsageQuery.date("start_date", start, last.minusDays(29));
        if (first.isAfter(last) || first.plusDays(MAX_DAYS).isBefore(last)) {
            throw ApiException.invalid(
                    "start_date", first + " to " + last + " is not a period of 1 to " + MAX_DAYS + " days");
        }
        return usage.byDay(key.id(), first, last);
    }

    private static UsageView.Day row(DayOfModel day) {
        return new UsageView.Day(
                day.day().toString(),
                day.model(),
                day.predictions(),
                day.failed(),
                day.images(),
                day.pixels(),
                day.seconds());
    }
}
