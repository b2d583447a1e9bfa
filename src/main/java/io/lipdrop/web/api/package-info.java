/** What can be read by the API: batches, jobs, queue, library, models, health, and the description of all calls. */
@NullMarked
package io.lipdrop.web.api;

import org.jspecify.annotations.NullMarked;
