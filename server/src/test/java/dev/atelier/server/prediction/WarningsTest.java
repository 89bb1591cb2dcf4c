package dev.atelier.server.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarningsTest {
    @Test
    void oneSentenceIsToldOnceInTheOrderOfTheFirstTime() {
        Warnings warnings = Warnings.NONE.and(List.of("b", "a")).and(List.of("a", " ", "c"));

        assertThat(warnings.sentences()).containsExactly("b", "a", "c");
    }

    @Test
    void anAnswerStaysShortWhateverWasSent() {
        List<String> many = IntStream.range(0, 100).mapToObj(i -> "field " + i).toList();

        List<String> told =
                Warnings.NONE.and(many).and(List.of("x".repeat(5000))).sentences();

        assertThat(told).hasSize(40).startsWith("field 0").contains("field 38");
        assertThat(told.getLast()).isEqualTo("further warnings are not listed");
        assertThat(new Warnings(List.of("x".repeat(5000))).sentences().getFirst())
                .hasSize(400);
    }
}
