package dev.atelier.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of this class compare pictures with stored ones: their methods take a {@link PictureCheck}. {@code -Datelier.junit.record=true} stores what is drawn in place
 * of comparing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(StoredPicturesExtension.class)
public @interface StoredPictures {
    /** Where the pictures are, from the working folder of the tests: {@code FOLDER/TestClass/NAME.png}. */
    String folder() default "src/test/pictures";

    /** Where failures are reported: {@code FOLDER/TestClass/NAME.png} and its parts. */
    String reports() default "target/atelier-pictures";

    /** {@link PictureDifference#ssim} at least. */
    double ssim() default 0.95;

    /** {@link PictureDifference#deltaE} at most. */
    double deltaE() default 3;
}
