package dev.atelier.server.api.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.server.access.ApiKey;
import dev.atelier.server.usage.UsageRecords.DayOfModel;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** Usage by day as the hosted service's clients ask for it. */
class UsageQueryTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-28");
    private static final List<DayOfModel> ROWS =
            List.of(row("2026-11-27", "b", 5), row("2026-11-25", "a", 2), row("2026-11-25", "b", 3));

    @Test
    void withoutGroupsADayIsOneRow() {
        UsageQuery query = query("start_date=2026-11-24", "end_date=2026-11-28");

        assertThat(query.rows(ROWS))
                .satisfiesExactly(
                        row -> {
                            assertThat(row.day()).isEqualTo(LocalDate.parse("2026-11-25"));
                            assertThat(row.images()).isEqualTo(5);
                            assertThat(row.predictions()).isEqualTo(2);
                        },
                        row -> assertThat(row.images()).isEqualTo(5));
        assertThat(query.groups(ROWS.getFirst(), ApiKey.LOCAL)).isEqualTo(new UsageQuery.Groups(null, null, null));
    }

    @Test
    void rowsAreGroupedAndNarrowed() {
        UsageQuery query = query("group_by[]=model", "group_by[]=api_key", "model_ids[]=b");

        assertThat(query.rows(ROWS)).extracting(DayOfModel::images).containsExactly(3L, 5L);
        assertThat(query.groups(ROWS.getFirst(), ApiKey.LOCAL)).isEqualTo(new UsageQuery.Groups(null, "b", "local"));
        assertThat(query("model_types=video").rows(ROWS)).isEmpty();
        assertThat(query("model_types[]=Image").rows(ROWS)).hasSize(2);
    }

    @Test
    void pagesTogetherShowEveryDayOnceAndEveryRowOnce() {
        UsageQuery first = query("start_date=2026-11-24", "end_date=2026-11-29", "group_by=model", "limit=2");
        UsageQuery.Page one = first.page(first.rows(ROWS));
        UsageQuery second = query(
                "start_date=2026-11-24", "end_date=2026-11-29", "group_by=model", "limit=2", "page=" + one.next());
        UsageQuery.Page two = second.page(second.rows(ROWS));

        assertThat(one.rows()).extracting(DayOfModel::images).containsExactly(2L, 3L);
        assertThat(one.first()).isEqualTo(LocalDate.parse("2026-11-24"));
        assertThat(one.end()).isEqualTo(LocalDate.parse("2026-11-26"));
        assertThat(two.rows()).extracting(DayOfModel::images).containsExactly(5L);
        assertThat(two.end()).isEqualTo(LocalDate.parse("2026-11-29"));
        assertThat(two.next()).isEmpty();
    }

    @Test
    void theLastThirtyDaysAreUsual() {
        UsageQuery query = query();

        assertThat(query.end()).isEqualTo(LocalDate.parse("2026-11-29"));
        assertThat(query.first()).isEqualTo(LocalDate.parse("2026-10-30"));
    }

    @ParameterizedTest
    @CsvSource({
        "start_date=2026-01-01, end_date: 2026-01-01 to 2026-11-29 (exclusive) is not a period of 1 to 180 days",
        "start_date=yesterday, start_date: 'yesterday' is no date such as 2026-11-22",
        "group_by=colour, 'group_by: ''colour'' is none of [model_type, model, api_key]'",
        "limit=1001, limit: '1001' is not in 1 to 1000",
        "page=2, page: it is none that this service gave as next_page",
        "scope=account, 'scope: ''account'' is not known; self is, which is this key'"
    })
    void whatIsOutOfBoundsIsNamed(String parameter, String message) {
        assertThatThrownBy(() -> query(parameter)).hasMessage(message);
    }

    private static UsageQuery query(String... parameters) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        for (String parameter : parameters) {
            String[] parts = parameter.split("=", 2);
            request.addParameter(parts[0], parts[1]);
        }
        return UsageQuery.of(request, TODAY);
    }

    private static DayOfModel row(String day, String model, long images) {
        return new DayOfModel(LocalDate.parse(day), model, 1, 0, images, images * 65_536, images);
    }
}
