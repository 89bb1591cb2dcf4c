package dev.atelier.junit;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives each test its {@link PictureCheck}. */
final class StoredPicturesExtension implements ParameterResolver {
    private static final String RECORD = "atelier.junit.record";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == PictureCheck.class
                && test.getTestMethod().isPresent();
    }

    @Override
    public PictureCheck resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = test.getRequiredTestClass();
        StoredPictures settings = AnnotationSupport.findAnnotation(
                        type, StoredPictures.class, test.getEnclosingTestClasses())
                .orElseThrow();
        PictureCheck.Recorded recorded = test.getParent()
                .orElse(test)
                .getRoot()
                .getStore(ExtensionContext.Namespace.create(StoredPicturesExtension.class))
                .computeIfAbsent(
                        PictureCheck.Recorded.class, _ -> new PictureCheck.Recorded(), PictureCheck.Recorded.class);
        String folder = type.getName()
                .substring(
                        type.getPackageName().isEmpty()
                                ? 0
                                : type.getPackageName().length() + 1);
        return new PictureCheck(
                new PictureCheck.Place(Path.of(settings.folder(), folder), Path.of(settings.reports(), folder)),
                new PictureCheck.Bounds(settings.ssim(), settings.deltaE()),
                test.getRequiredTestMethod().getName(),
                test.getConfigurationParameter(RECORD)
                                .map(Boolean::parseBoolean)
                                .orElse(false)
                        ? recorded
                        : null);
    }
}
