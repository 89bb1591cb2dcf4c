package dev.atelier.prompt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.prompt.ModelProfile;
import dev.atelier.prompt.PlanTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTableTest {
    private static final ModelProfile MODEL = ModelProfile.of("seedling-1", 512, 16);

    @ParameterizedTest
    @CsvSource({
        "requests.psv, 0.95, 200",
        "requests-unseen.psv, 0.95, 90",
        "requests-third.psv, 0.95, 60",
        "requests-fourth.psv, 0.95, 248",
        "requests-fifth.psv, 0.95, 108",
        "requests-sixth.psv, 0.95, 181",
        "requests-seventh.psv, 0.95, 127",
        "requests-eighth.psv, 0.95, 100",
        "requests-ninth.psv, 0.95, 169",
        "requests-tenth.psv, 0.95, 109"
    })
    void rulesPlanTheTable(String table, double needed, int rows) {
        RulePromptEngineer engineer = new RulePromptEngineer();
        List<PlanTable.Row> all = PlanTable.read(table);
        List<String> failures = new ArrayList<>();
        for (PlanTable.Row row : all) {
            List<String> differences = row.differences(engineer.plan(row.request(), MODEL));
            if (!differences.isEmpty()) {
                failures.add(row + "\n    " + String.join("\n    ", differences));
            }
        }
        double score = 1 - (double) failures.size() / all.size();
        String report = String.format(
                "%s: %d of %d right (%.1f %%)%n%s",
                table, all.size() - failures.size(), all.size(), 100 * score, String.join("\n", failures));
        System.out.println(report);

        assertThat(all).hasSizeGreaterThanOrEqualTo(rows);
        assertThat(score).as(report).isGreaterThanOrEqualTo(needed);
    }
}
