package dev.atelier.prompt.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pattern of the rules reads a prompt of twice the length with about twice the work, whatever it repeats. */
class PatternWorkTest {
    private static final int LENGTH = 600;
    /** Reads of a character that a pattern may need at the most; the dearest needs a third of it. */
    private static final int READS = 2_000;

    private static final Map<String, Pattern> PATTERNS = patterns();

    static Stream<String> repeated() {
        return Stream.of(
                "one of the ",
                "a photo of a ",
                "three pictures of a fox, ",
                "the red fox ",
                "1. a fox ",
                "a ",
                "9",
                "a",
                " ",
                "\n",
                "(",
                ":",
                ",",
                "a-",
                "fox, and ",
                "in ",
                "in the ",
                "first, ",
                "set of series of ",
                "please make me ",
                "no ",
                "image 1 and ",
                "one image of a fox and one ",
                "spring, ",
                "16:9 ",
                "a poster for ",
                "x4 ",
                "every two separate ",
                "design set including a, ",
                "one one ",
                "first frame ",
                "a red ",
                "four-panel ",
                "to ",
                "一",
                "一张",
                "三张图片，",
                "每个季节一张",
                "春夏秋冬、",
                "红色、",
                "图1",
                "第一张",
                "不要",
                "分别",
                "的",
                "画家",
                "一套设计",
                "多",
                "和",
                "，",
                "。",
                "画",
                "在",
                "一、",
                "镜头1");
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void twiceTheLengthIsTwiceTheWork(String unit) {
        for (Map.Entry<String, Pattern> pattern : PATTERNS.entrySet()) {
            String text = "a " + unit.repeat(2 * LENGTH / unit.length() + 1);
            long half = reads(pattern.getValue(), text.substring(0, LENGTH));
            long whole = reads(pattern.getValue(), text.substring(0, 2 * LENGTH));

            assertThat(whole)
                    .as(pattern.getKey() + " on \"" + unit + "\" repeated: " + pattern.getValue())
                    .isLessThanOrEqualTo(Math.max(10 * LENGTH, half * 5 / 2))
                    .isLessThanOrEqualTo((long) READS * 2 * LENGTH);
        }
    }

    @Test
    void allPatternsAreFound() {
        assertThat(PATTERNS).hasSizeGreaterThan(150).containsKeys("EnglishCounts.HEAD", "MarkedLists.MARKERS#0");
    }

    private static long reads(Pattern pattern, String text) {
        CountedText counted = new CountedText(text);
        Matcher matcher = pattern.matcher(counted);
        while (matcher.find()) {
            assertThat(matcher.end()).isLessThanOrEqualTo(text.length());
        }
        return counted.reads;
    }

    /** All patterns that the classes of this package hold in constants, alone, in lists or in records. */
    private static Map<String, Pattern> patterns() {
        Map<String, Pattern> all = new LinkedHashMap<>();
        try {
            Path root = Path.of(RulePromptEngineer.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            String name = RulePromptEngineer.class.getPackageName();
            List<Path> files;
            try (Stream<Path> listed = Files.list(root.resolve(name.replace('.', '/')))) {
                files = listed.filter(file -> file.toString().endsWith(".class"))
                        .sorted()
                        .toList();
            }
            for (Path file : files) {
                String type = file.getFileName().toString().replace(".class", "");
                for (Field field : Class.forName(name + "." + type).getDeclaredFields()) {
                    if (Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        collect(type + "." + field.getName(), field.get(null), all);
                    }
                }
            }
        } catch (IOException | URISyntaxException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    private static void collect(String name, Object value, Map<String, Pattern> all)
            throws ReflectiveOperationException {
        if (value instanceof Pattern pattern) {
            all.put(name, pattern);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(name + "#" + i, list.get(i), all);
            }
        } else if (value instanceof Record held && value.getClass().getPackage() == Words.class.getPackage()) {
            for (RecordComponent component : held.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                collect(
                        name + "." + component.getName(),
                        component.getAccessor().invoke(held),
                        all);
            }
        }
    }

    /** A text that counts how often its characters are read. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private long reads;

        private CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
