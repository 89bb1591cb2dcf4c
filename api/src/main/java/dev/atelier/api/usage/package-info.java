/** What a key has used, as records: {@code /api/v1/usage} and the bare bodies of {@code /public/v1}. */
package dev.atelier.api.usage;
