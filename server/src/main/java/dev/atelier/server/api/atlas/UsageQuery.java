package dev.atelier.server.api.atlas;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.error.ApiException;
import dev.atelier.server.usage.UsageRecords.DayOfModel;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which days of usage are asked for, and how they are grouped.
 *
 * @param end the day after the last
 * @param groups of model_type, model, api_key; none: one row a day
 * @param types of models; none: all. There is one type here, image
 * @param models by the names they were asked for; none: all
 * @param limit rows in an answer
 * @param offset rows before this page
 */
record UsageQuery(
        LocalDate first,
        LocalDate end,
        List<String> groups,
        List<String> types,
        List<String> models,
        int limit,
        int offset) {
    private static final int MAX_DAYS = 180;
    private static final int MAX_ROWS = 1000;
    private static final int USUAL_DAYS = 30;
    private static final String TYPE = "image";
    private static final List<String> GROUPS = List.of("model_type", "model", "api_key");
    private static final String CURSOR = "rows-";

    /**
     * @param first day of the buckets shown
     * @param end the day after the last one shown
     * @param next cursor of the next page; empty on the last
     */
    record Page(List<DayOfModel> rows, LocalDate first, LocalDate end, String next) {}

    /** Names of a row's groups; null: it is not grouped by that. */
    record Groups(String modelType, String model, String apiKey) {}

    /** @throws ApiException 400 naming field, value and bound */
    static UsageQuery of(HttpServletRequest request, LocalDate today) {
        return of(request.getParameterMap(), today);
    }

    /** @throws ApiException 400 naming field, value and bound */
    static UsageQuery of(Map<String, String[]> request, LocalDate today) {
        LocalDate end = date(request, "end_date", today.plusDays(1));
        LocalDate first = date(request, "start_date", end.minusDays(USUAL_DAYS));
        if (!first.isBefore(end) || first.plusDays(MAX_DAYS).isBefore(end)) {
            throw ApiException.invalid(
                    "end_date", first + " to " + end + " (exclusive) is not a period of 1 to " + MAX_DAYS + " days");
        }
        String scope = text(request, "scope", "self");
        if (!scope.equals("self")) {
            throw ApiException.invalid("scope", "'" + shortened(scope) + "' is not known; self is, which is this key");
        }
        List<String> groups = list(request, "group_by", 3);
        for (String group : groups) {
            if (!GROUPS.contains(group)) {
                throw ApiException.invalid("group_by", "'" + shortened(group) + "' is none of " + GROUPS);
            }
        }
        return new UsageQuery(
                first,
                end,
                groups,
                list(request, "model_types", 3),
                list(request, "model_ids", 100),
                number("limit", text(request, "limit", "100"), MAX_ROWS),
                offset(text(request, "page", "")));
    }

    /** The rows asked for, oldest day first, summed within their groups. */
    List<DayOfModel> rows(List<DayOfModel> all) {
        boolean typed = types.isEmpty() || types.stream().anyMatch(type -> type.equalsIgnoreCase(TYPE));
        boolean byModel = groups.contains("model");
        Map<List<Object>, DayOfModel> summed = all.stream()
                .filter(row -> typed && (models.isEmpty() || models.contains(row.model())))
                .collect(Collectors.toMap(
                        row -> List.of(row.day(), byModel ? row.model() : ""),
                        row -> row,
                        UsageQuery::sum,
                        LinkedHashMap::new));
        return summed.values().stream()
                .sorted(Comparator.comparing(DayOfModel::day).thenComparing(DayOfModel::model))
                .toList();
    }

    /** This page of {@code all}, with the days that belong to it. */
    Page page(List<DayOfModel> all) {
        int from = Math.min(offset, all.size());
        int to = Math.min(all.size(), from + limit);
        boolean last = to == all.size();
        LocalDate begin =
                from == 0 ? first : from == all.size() ? end : all.get(from).day();
        LocalDate until = last ? end : all.get(to - 1).day().plusDays(1);
        return new Page(all.subList(from, to), begin, until, last ? "" : CURSOR + to);
    }

    /** What a row is grouped by. */
    Groups groups(DayOfModel row, ApiKey key) {
        return new Groups(
                groups.contains("model_type") ? TYPE : null,
                groups.contains("model") ? row.model() : null,
                groups.contains("api_key") ? key.name() : null);
    }

    private static DayOfModel sum(DayOfModel a, DayOfModel b) {
        return new DayOfModel(
                a.day(),
                a.model(),
                a.predictions() + b.predictions(),
                a.failed() + b.failed(),
                a.images() + b.images(),
                a.pixels() + b.pixels(),
                a.seconds() + b.seconds());
    }

    private static LocalDate date(Map<String, String[]> request, String field, LocalDate otherwise) {
        return date(field, text(request, field, ""), otherwise);
    }

    /** @throws ApiException 400 when it is none */
    static LocalDate date(String field, String text, LocalDate otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            LocalDate date = LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
            if (date.getYear() < 2000 || date.getYear() > 9999) {
                throw ApiException.invalid(field, date + " is not in the years 2000 to 9999");
            }
            return date;
        } catch (DateTimeParseException _) {
            throw ApiException.invalid(field, "'" + shortened(text) + "' is no date such as 2026-11-22");
        }
    }

    private static int offset(String page) {
        if (page.isEmpty()) {
            return 0;
        }
        if (!page.matches(CURSOR + "[0-9]{1,7}")) {
            throw ApiException.invalid("page", "it is none that this service gave as next_page");
        }
        return Integer.parseInt(page.substring(CURSOR.length()));
    }

    private static int number(String field, String value, int atMost) {
        if (!value.matches("[0-9]{1,7}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > atMost) {
            throw ApiException.invalid(field, "'" + shortened(value) + "' is not in 1 to " + atMost);
        }
        return Integer.parseInt(value);
    }

    private static String text(Map<String, String[]> request, String field, String otherwise) {
        String[] values = request.get(field);
        String value = values == null || values.length == 0 ? "" : values[0];
        return value.isBlank() ? otherwise : value.strip();
    }

    /** Repeated, with or without brackets, or one value with commas. */
    private static List<String> list(Map<String, String[]> request, String field, int most) {
        List<String> values = new ArrayList<>();
        for (String name : List.of(field, field + "[]")) {
            String[] given = request.get(name);
            if (given != null) {
                Arrays.stream(given)
                        .flatMap(value -> Arrays.stream(value.split(",")))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .forEach(values::add);
            }
        }
        if (values.size() > most) {
            throw ApiException.invalid(field, values.size() + " entries; at most " + most + " are allowed");
        }
        return List.copyOf(values);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
