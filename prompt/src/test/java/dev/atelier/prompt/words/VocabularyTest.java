package dev.atelier.prompt.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {
    @TempDir
    Path folder;

    @Test
    void aModelWithoutTheFileTakesFreeText() {
        assertThat(Vocabulary.ofModel(folder)).isSameAs(Vocabulary.NONE);
        assertThat(Vocabulary.NONE.isEmpty()).isTrue();
        assertThat(Vocabulary.NONE.adapt("a corgi", new Vocabulary.Replaced())).isEqualTo("a corgi");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "An old Corgi and two corgis | An old dog and two dogs",
                "a hot dog stand | a hot dog stand",
                "a corgi's bed, corgi-like | a corgi's bed, corgi-like",
                "a sedan | an automobile",
                "柯基在热狗摊前 | 狗在热狗摊前"
            })
    void theLongestWordAtAPlaceIsMeant(String said, String adapted) throws IOException {
        Vocabulary words = words("""
                [english]
                dog = pooch > corgi
                hot dog
                automobile > sedan
                [chinese]
                狗 > 柯基
                热狗摊
                """);

        assertThat(words.adapt(said, new Vocabulary.Replaced())).isEqualTo(adapted);
    }

    @Test
    void whatMeansTheSameAndWhatIsNearAreToldApart() throws IOException {
        Vocabulary words = words("[english]\ndog = pooch > corgi\n");
        Vocabulary.Replaced replaced = new Vocabulary.Replaced();

        words.adapt("a pooch and two Corgis", replaced);

        assertThat(replaced.same()).containsExactly("pooch → dog");
        assertThat(replaced.near()).containsExactly("Corgis → dogs");
    }

    @Test
    void wordsThatNameSomethingUnknownAreFound() throws IOException {
        Set<String> unknown = new LinkedHashSet<>();

        words("[english]\ndog > corgi\n").unknown("a corgi on a bicycle, an astronaut", unknown);

        assertThat(unknown).containsExactly("bicycle", "astronaut");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dog > corgi; cat = dog | vocabulary.txt, line 3: \"dog\" is said to be dog already",
                "dog > corgi; fox = a = b | vocabulary.txt, line 3: \"fox = a = b\" is not of the form: word = words that mean the same > near words",
                "dog > corgi,, hound | vocabulary.txt, line 2: \"\" has 0 characters; 1 to 60 are allowed"
            })
    void aBrokenLineIsNamed(String lines, String message) {
        assertThatThrownBy(() -> words("[english]\n" + lines.replace("; ", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder + ": " + message);
    }

    @Test
    void aFileThatIsTooLargeOrNoTextIsRefused() throws IOException {
        Files.write(folder.resolve(Vocabulary.FILE), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> Vocabulary.ofModel(folder))
                .hasMessage(folder + ": vocabulary.txt: has 1,048,577 bytes; at most 1,048,576 are allowed");

        Files.write(folder.resolve(Vocabulary.FILE), "[chinese]\n狗\n".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> Vocabulary.ofModel(folder))
                .hasMessage(folder + ": vocabulary.txt: is no text in UTF-8");
    }

    private Vocabulary words(String text) throws IOException {
        Files.writeString(folder.resolve(Vocabulary.FILE), text);
        return Vocabulary.ofModel(folder);
    }
}
