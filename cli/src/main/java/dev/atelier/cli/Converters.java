package dev.atelier.cli;

import dev.atelier.engine.nn.Precision;
import dev.atelier.engine.pipeline.EngineOptions.Lora;
import dev.atelier.engine.tensor.Device;
import dev.atelier.engine.tensor.EngineException;
import dev.atelier.prompt.InvalidRequestException;
import dev.atelier.prompt.SizeWish;
import dev.atelier.studio.GlyphSetting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads option values; what the engine or the domain refuses is a wrong command line. */
final class Converters {
    private static final Pattern SCALED = Pattern.compile("(.+):(-?[0-9]{1,3}(?:\\.[0-9]{1,6})?)");

    private Converters() {}

    /** {@code stored}, {@code fp32} or {@code int8}. */
    static final class PrecisionValue implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String text) {
            return checked(Precision::parse, text);
        }
    }

    /** {@code cpu}, {@code cuda} or {@code cuda:N}. */
    static final class DeviceValue implements ITypeConverter<Device> {
        @Override
        public Device convert(String text) {
            return checked(Device::parse, text);
        }
    }

    /** {@code auto}, {@code on} or {@code off}. */
    static final class GlyphValue implements ITypeConverter<GlyphSetting> {
        @Override
        public GlyphSetting convert(String text) {
            try {
                return GlyphSetting.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** {@code WIDTHxHEIGHT}, {@code 1K}, {@code 2K}, {@code 4K} or {@code WIDTH:HEIGHT}. */
    static final class SizeValue implements ITypeConverter<SizeWish> {
        @Override
        public SizeWish convert(String text) {
            return checked(SizeWish::parse, text);
        }
    }

    /** {@code FILE} or {@code FILE:SCALE}. */
    static final class LoraValue implements ITypeConverter<Lora> {
        @Override
        public Lora convert(String text) {
            Matcher scaled = SCALED.matcher(text);
            return scaled.matches()
                    ? new Lora(path(scaled.group(1)), Double.parseDouble(scaled.group(2)))
                    : new Lora(path(text), 1);
        }

        private static Path path(String text) {
            return checked(Path::of, text);
        }
    }

    /** A number with a unit, as the service's settings have it: {@code 500ms}, {@code 20s}, {@code 2m}. */
    static final class DurationValue implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (text.matches("[+-]?[0-9]+")) {
                throw new TypeConversionException("'" + text + "' has no unit; say " + text + "s for seconds");
            }
            try {
                return DurationStyle.detectAndParse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is no time such as 500ms, 20s or 2m");
            }
        }
    }

    private static <T> T checked(Function<String, T> parse, String text) {
        try {
            return parse.apply(text);
        } catch (EngineException | InvalidRequestException e) {
            throw new TypeConversionException(e.getMessage());
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text.replace("\0", "\\0") + "' is no path of a file");
        }
    }
}
