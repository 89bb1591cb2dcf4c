package dev.atelier.prompt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.prompt.Letters;
import dev.atelier.prompt.Letters.Carrier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LettersReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a poster for a coffee shop that says \"OPEN\" | POSTER | OPEN",
                "A FLYER reading “Summer sale” | POSTER | Summer sale",
                "a shop front with a sign that says \"BAKERY\" | SHOP_FRONT | BAKERY",
                "a wooden sign with the word 'WELCOME' | SIGN | WELCOME",
                "a blue mug, \"JOY\" on it | MUG | JOY",
                "wine bottle label 'NOIR' | LABEL | NOIR",
                "a laptop that shows \"HELLO\" | SCREEN | HELLO",
                "a fox in the snow, titled \"WINTER\" | TITLE | WINTER",
                "the designer's fox, titled \"SIGN OF A POSTER\" | TITLE | SIGN OF A POSTER",
                "一张海报，写着“新品上市” | POSTER | 新品上市",
                "一家咖啡店，招牌上写着「早安」 | SHOP_FRONT | 早安",
                "木牌上写着“欢迎” | SIGN | 欢迎",
                "白色马克杯，印着“好运” | MUG | 好运",
                "手机屏幕显示“你好” | SCREEN | 你好",
                "山和湖，上方写着“远方” | TITLE | 远方"
            })
    void findsTheTextAndWhatItStandsOn(String prompt, Carrier carrier, String text) {
        assertThat(LettersReader.of(prompt)).contains(new Letters(List.of(text), carrier));
    }

    @Test
    void severalQuotationsAreLinesAndLongOnesAreNotDrawn() {
        assertThat(LettersReader.of("a poster with \"SALE\", \"50%\", \"TODAY\" and \"ONLY\"")
                        .orElseThrow()
                        .lines())
                .containsExactly("SALE", "50%", "TODAY");
        assertThat(LettersReader.of("a man thinks \"" + "so many words ".repeat(5) + "\""))
                .isEmpty();
        assertThat(LettersReader.of("a man's poster, the dogs' house")).isEmpty();
        assertThat(LettersReader.of("a poster with \" \"")).isEmpty();
    }

    @Test
    void theLanguageIsThatOfTheWordsAround() {
        assertThat(LettersReader.chinese("a sign that says “营业中”")).isFalse();
        assertThat(LettersReader.chinese("招牌上写着“OPEN”")).isTrue();
    }
}
