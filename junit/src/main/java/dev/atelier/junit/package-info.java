/**
 * Pictures in tests. A test draws with a fixed seed and compares with a stored picture; what differs to the eye fails, what differs
 * in the last bit of a pixel does not. {@link dev.atelier.junit.StoredPictures} is the way in.
 */
package dev.atelier.junit;
