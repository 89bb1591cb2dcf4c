package dev.atelier.prompt.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordFileTest {
    @Test
    void listsAndPatternsAreReadWithoutTheirComments() {
        WordFile words = WordFile.load(WordFileTest.class, Map.of("year", "\\d{4}"), "good.txt");

        assertThat(words.list("season")).containsExactly("spring", "summer#1", "autumn|fall", "冬天");
        assertThat(words.text("season")).isEqualTo("(?:spring|summer#1|autumn|fall|冬天)");
        assertThat(words.text("in-season")).isEqualTo("\\bin\\s+(?:spring|summer#1|autumn|fall|冬天)(?:\\s\\d{4})?");
        assertThat(words.pattern("in-season").matcher("a park in fall 2025").find())
                .isTrue();
        assertThat(words.text("letters")).isEqualTo("(?:\\p{L}{2}|[a-f]{1,3})");
    }

    @Test
    void aLaterFileMayUseTheNamesOfAnEarlierOne() {
        WordFile words = WordFile.load(WordFileTest.class, Map.of("year", "\\d{4}"), "good.txt", "more.txt");

        assertThat(words.text("each-season")).isEqualTo("each\\x20(?:spring|summer#1|autumn|fall|冬天)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "early.txt | early.txt, line 2: an entry before the first [name]",
                "twice.txt | twice.txt, line 4: [season] is there already",
                "same.txt | same.txt, line 5: \"spring\" is in this list already",
                "unknown.txt | unknown.txt, line 3: there is no [months]",
                "open.txt | open.txt, line 3: \"(spring\" is no pattern: Unclosed group",
                "pieces.txt | pieces.txt, line 4: \"in\\x20(spring\" is no pattern: Unclosed group",
                "empty.txt | empty.txt, line 1: there is nothing below this [name]",
                "missing.txt | missing.txt: there is no such file beside dev.atelier.prompt.words.WordFileTest",
            })
    void aBadLineIsNamedWithFileLineAndFault(String file, String message) {
        assertThatThrownBy(() -> WordFile.load(WordFileTest.class, file)).hasMessage(message);
    }

    @Test
    void anEntryThatItsReaderRefusesIsNamedToo() {
        WordFile words = WordFile.load(WordFileTest.class, Map.of("year", "\\d{4}"), "good.txt");

        assertThat(words.read("number", Integer::valueOf)).containsExactly(1, 2);
        assertThatThrownBy(() -> words.read("season", Integer::valueOf))
                .hasMessage("good.txt, line 3: For input string: \"spring\"");
        assertThatThrownBy(() -> words.list("month")).hasMessage("there is no [month]");
    }
}
