/** Everything between a request and a stored prediction. */
package dev.atelier.server.admission;
