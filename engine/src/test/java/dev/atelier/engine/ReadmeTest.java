package dev.atelier.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atelier.engine.pipeline.TinyModels;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program on the engine's first page is compiled and run as it stands there. */
class ReadmeTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.+?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void theFirstPagesProgramDraws() throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("README.md")));
        assertThat(program.find()).isTrue();
        assertThat(program.group(1).lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(15);
        Path model = TinyModels.distilled(Files.createDirectory(folder.resolve("model")));
        Path picture = folder.resolve("fox.png");

        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {compiled(program.group(1)).toUri().toURL()})) {
            Class<?> draw = classes.loadClass("Draw");
            Constructor<?> constructor = draw.getDeclaredConstructor();
            constructor.setAccessible(true);
            Method main = draw.getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(constructor.newInstance(), (Object)
                    new String[] {model.toString(), picture.toString(), "a red fox in snow"});
        }

        assertThat(ImageIO.read(picture.toFile()))
                .satisfies(image ->
                        assertThat(image.getWidth() + "x" + image.getHeight()).isEqualTo("64x64"));
    }

    private Path compiled(String program) throws Exception {
        Path source = Files.writeString(folder.resolve("Draw.java"), program);
        Path out = Files.createDirectory(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiles = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-cp", System.getProperty("java.class.path"), "-d", out.toString(), "-proc:none"),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            assertThat(compiles).as(messages.toString()).isTrue();
        }
        return out;
    }
}
