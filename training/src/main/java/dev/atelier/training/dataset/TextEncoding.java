package dev.atelier.training.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The encoding of a short text, where it is sure: a byte-order mark; UTF-8, whose rules other encodings break; UTF-16 without a mark;
 * GB18030 and Windows-1252 (so Latin-1 too), where the text makes sense in that one alone. Captions are too short for the statistics of
 * detectors, which take "红色方块" in GB18030 for Cyrillic; the rules here refuse where they are not sure.
 */
final class TextEncoding {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Charset GB2312 = Charset.forName("GB2312");
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final int FIRST_DAILY_ROW = 0xb0;
    private static final int LAST_DAILY_ROW = 0xd7;

    private static final Map<byte[], Charset> MARKS = new LinkedHashMap<>();

    static {
        MARKS.put(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, StandardCharsets.UTF_8);
        MARKS.put(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0}, StandardCharsets.UTF_32LE);
        MARKS.put(new byte[] {0, 0, (byte) 0xfe, (byte) 0xff}, StandardCharsets.UTF_32BE);
        MARKS.put(new byte[] {(byte) 0xff, (byte) 0xfe}, StandardCharsets.UTF_16LE);
        MARKS.put(new byte[] {(byte) 0xfe, (byte) 0xff}, StandardCharsets.UTF_16BE);
    }

    private TextEncoding() {}

    /** The text of {@code bytes} without a mark; empty when no encoding is sure. */
    static Optional<String> decode(byte[] bytes) {
        for (Map.Entry<byte[], Charset> mark : MARKS.entrySet()) {
            int length = mark.getKey().length;
            if (bytes.length >= length && Arrays.equals(bytes, 0, length, mark.getKey(), 0, length)) {
                return strict(Arrays.copyOfRange(bytes, length, bytes.length), mark.getValue());
            }
        }
        boolean zeros = hasZero(bytes);
        Optional<String> utf8 = zeros ? Optional.empty() : strict(bytes, StandardCharsets.UTF_8);
        if (utf8.isPresent()) {
            return utf8;
        }
        if (zeros) {
            return only(utf16(bytes));
        }
        Optional<String> western = strict(bytes, WINDOWS_1252).filter(TextEncoding::isWestern);
        Optional<String> chinese = strict(bytes, GB18030).filter(text -> isChinese(text, bytes));
        if (western.isPresent() || chinese.isPresent()) {
            return western.isPresent() && chinese.isPresent() ? Optional.empty() : western.or(() -> chinese);
        }
        return only(utf16(bytes).stream().filter(TextEncoding::isDaily).toList());
    }

    /** Whether a text that begins with {@code head} has more than one byte a line feed. */
    static boolean isWide(byte[] head) {
        return hasZero(head)
                || head.length >= 2
                        && (head[0] == (byte) 0xff && head[1] == (byte) 0xfe
                                || head[0] == (byte) 0xfe && head[1] == (byte) 0xff);
    }

    private static boolean hasZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> only(List<String> texts) {
        return texts.size() == 1 ? Optional.of(texts.getFirst()) : Optional.empty();
    }

    /** {@code bytes} as UTF-16 in each order in which they are a text. */
    private static List<String> utf16(byte[] bytes) {
        return List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE).stream()
                .flatMap(charset -> strict(bytes, charset).stream())
                .filter(text -> text.codePoints().allMatch(TextEncoding::isOrdinary))
                .toList();
    }

    /** Signs that captions are written with: no controls, and none of the scripts that swapped bytes end up in. */
    private static boolean isOrdinary(int sign) {
        return sign == '\n'
                || sign == '\r'
                || sign == '\t'
                || sign >= ' ' && sign < 0x7f
                || sign >= 0xa0 && sign < 0x250
                || sign >= 0x370 && sign < 0x530
                || sign >= 0x2010 && sign < 0x2040
                || sign >= 0x3000 && sign < 0x3100
                || sign >= 0x4e00 && sign < 0xa000
                || sign >= 0xac00 && sign < 0xd7a4
                || sign >= 0xff01 && sign < 0xff66
                || sign == 0x20ac
                || sign == 0x2122;
    }

    /** Words of ASCII letters with a few accented ones among them, and typographic signs where these can stand. */
    private static boolean isWestern(String text) {
        int plain = 0;
        int accented = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign < 0x80) {
                plain += Character.isLetter(sign) ? 1 : 0;
                run = 0;
            } else if (Character.isLetter(sign)
                    && sign != '\u00aa'
                    && sign != '\u00ba'
                    && sign != '\u00b5'
                    && sign != '\u0192') {
                accented++;
                run++;
                if (run > 2) {
                    return false;
                }
            } else if (!isTypographic(sign) || sign != '\u2019' && insideWord(text, i)) {
                return false;
            } else {
                run = 0;
            }
            if (isControl(sign)) {
                return false;
            }
        }
        return plain >= 2 * accented && plain > 0;
    }

    private static boolean isTypographic(char sign) {
        return "\u00a0\u00a1\u00bf\u00ab\u00bb\u00b0\u00a9\u00ae\u00b7\u00d7\u20ac\u00a3\u2026\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2013\u2014\u2122"
                        .indexOf(sign)
                >= 0;
    }

    private static boolean insideWord(String text, int at) {
        boolean dash = text.charAt(at) == '\u2013'
                || text.charAt(at) == '\u2014'
                || text.charAt(at) == '\u00d7'
                || text.charAt(at) == '\u00a0'
                || text.charAt(at) == '\u2026'
                || text.charAt(at) == '\u00b7';
        return !dash
                && at > 0
                && at + 1 < text.length()
                && Character.isLetter(text.charAt(at - 1))
                && Character.isLetter(text.charAt(at + 1));
    }

    /**
     * Mostly signs of the first level of GB 2312 (the 3,755 in daily use, ordered by their sound) and its punctuation. Korean in EUC-KR
     * lies in the first part of that level only, Japanese in EUC-JP has kana, Russian in KOI8-R no byte below C0: such texts are not sure.
     */
    private static boolean isChinese(String text, byte[] bytes) {
        boolean low = false;
        for (byte b : bytes) {
            low |= (b & 0xff) >= 0xa1 && (b & 0xff) < 0xc0;
        }
        boolean late = false;
        for (char sign : text.toCharArray()) {
            int row = row(sign);
            if (isControl(sign) || row >= 0xa4 && row <= 0xa9) {
                return false;
            }
            late |= row >= 0xc9 && row <= LAST_DAILY_ROW;
        }
        return low && late && isDaily(text);
    }

    /** Whether four of five signs beyond ASCII are those of daily use in Chinese, kana or punctuation. */
    private static boolean isDaily(String text) {
        int daily = 0;
        int rare = 0;
        for (char sign : text.toCharArray()) {
            int row = row(sign);
            daily += row >= FIRST_DAILY_ROW && row <= LAST_DAILY_ROW || row == 0xa4 || row == 0xa5 ? 1 : 0;
            rare += sign >= 0x80 && (row == 0 || row > LAST_DAILY_ROW) ? 1 : 0;
        }
        return daily >= 4 * rare;
    }

    /** The row of {@code sign} in GB 2312 as its first byte; 0 for signs that it lacks and for ASCII. */
    private static int row(char sign) {
        return sign >= 0x80 && GB2312.newEncoder().canEncode(sign)
                ? String.valueOf(sign).getBytes(GB2312)[0] & 0xff
                : 0;
    }

    private static boolean isControl(char sign) {
        return sign < ' ' && sign != '\n' && sign != '\r' && sign != '\t';
    }

    private static Optional<String> strict(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
