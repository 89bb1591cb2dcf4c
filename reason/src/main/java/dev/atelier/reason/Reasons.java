package dev.atelier.reason;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says for people what libraries say for programmers. Each text completes a sentence such as {@code "FILE cannot be read: …"}. */
public final class Reasons {
    private static final Pattern DUPLICATE = Pattern.compile("(?s)Duplicate .*?[\"'](.{0,200})[\"'].*");
    /** The words that the C library has for what a disk or a network refuses; others would be a library's own. */
    private static final Pattern SYSTEM = Pattern.compile("(?i)no space left on device|disk quota exceeded|"
            + "input/output error|is a directory|not a directory|too many open files|read-only file system|"
            + "connection (refused|reset|timed out).{0,40}|broken pipe|stale file handle|permission denied|"
            + "file name too long|operation not permitted|network is unreachable|no route to host");

    private static final int SHOWN = 60;

    private Reasons() {}

    /** Why a file or a connection could not be used. */
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission is denied";
            case FileAlreadyExistsException _ -> "it exists already";
            case NotDirectoryException _ -> "it is no folder";
            case DirectoryNotEmptyException _ -> "the folder is not empty";
            case FileSystemLoopException _ -> "its links lead in a circle";
            case FileSystemException f -> system(f.getReason());
            case UnknownHostException _ -> "the host is not known";
            case ConnectException c -> unresolved(c) ? "the host is not known" : "the connection is refused";
            case HttpTimeoutException _ -> "no answer in time";
            case SocketTimeoutException _ -> "no answer in time";
            case SSLException _ -> "no secure connection: certificate or protocol do not fit";
            case EOFException _ -> "it ends too early";
            case CharacterCodingException _ -> "it is not in UTF-8";
            default -> system(e.getMessage());
        };
    }

    private static boolean unresolved(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private static String system(String message) {
        Matcher known = SYSTEM.matcher(message == null ? "" : message);
        return known.find() ? known.group().toLowerCase(Locale.ROOT) : "the system refuses it";
    }

    /**
     * What is wrong in a JSON or YAML text, with its line and column, or with the path of the value that does not fit.
     */
    public static String of(JacksonException e) {
        return switch (e) {
            case StreamConstraintsException _ ->
                "it is nested too deeply, or a text or number in it is too long" + place(e);
            case UnexpectedEndOfInputException _ -> "it ends before it is complete" + place(e);
            case UnrecognizedPropertyException u -> path(e) + ": not known" + known(u);
            case InvalidNullException _ -> path(e) + ": a value is needed";
            case InvalidFormatException f ->
                path(e) + ": '" + brief(f.getValue()) + "' is not " + wanted(f.getTargetType());
            case ValueInstantiationException v -> ownWords(v);
            case MismatchedInputException m -> path(e) + ": expected " + wanted(m.getTargetType()) + place(e);
            default -> syntax(e);
        };
    }

    private static String syntax(JacksonException e) {
        String message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        Matcher duplicate = DUPLICATE.matcher(message);
        if (duplicate.matches()) {
            return "the key \"" + brief(duplicate.group(1)) + "\" stands twice" + place(e);
        }
        if (message.contains("end-of-input") || message.contains("end-of-file")) {
            return "it ends before it is complete" + place(e);
        }
        String place = place(e);
        return place.isEmpty() ? "its form is damaged" : "something stands where it cannot" + place;
    }

    /** What the constructor of the value itself refused; its messages are ours. */
    private static String ownWords(ValueInstantiationException e) {
        Throwable cause = e.getCause();
        String where = path(e);
        boolean ours = cause != null
                && cause.getMessage() != null
                && !(cause instanceof NumberFormatException)
                && (cause instanceof IllegalArgumentException
                        || cause.getClass().getName().startsWith("dev.atelier."));
        if (!ours) {
            return where + ": not complete" + place(e);
        }
        String first = where.replaceFirst("[.\\[].*", "");
        boolean named = where.isEmpty() || cause.getMessage().startsWith(first);
        return (named ? "" : where + ": ") + cause.getMessage();
    }

    private static String known(UnrecognizedPropertyException e) {
        Collection<Object> names = e.getKnownPropertyIds();
        return names == null || names.isEmpty()
                ? ""
                : "; known here: "
                        + new TreeSet<>(names.stream().map(Object::toString).toList())
                                .stream().collect(Collectors.joining(", "));
    }

    private static String path(JacksonException e) {
        StringBuilder out = new StringBuilder();
        for (JacksonException.Reference reference : e.getPath()) {
            if (reference.getPropertyName() != null) {
                out.append(out.isEmpty() ? "" : ".").append(reference.getPropertyName());
            } else {
                out.append('[').append(reference.getIndex()).append(']');
            }
        }
        return out.toString();
    }

    private static String place(JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + Math.max(1, at.getColumnNr()) + ")";
    }

    /** What a value of {@code type} is called by those who write it. */
    private static String wanted(Class<?> type) {
        if (type == null) {
            return "another kind of value";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number in its range";
        }
        if (CharSequence.class.isAssignableFrom(type)) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (Map.class.isAssignableFrom(type) || type.isRecord()) {
            return "keys with values";
        }
        return switch (type.getSimpleName()) {
            case "Duration" -> "a duration such as PT5M";
            case "URI", "URL" -> "a URL";
            case "Path" -> "a path";
            default -> "a value of this kind";
        };
    }

    private static String brief(Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
