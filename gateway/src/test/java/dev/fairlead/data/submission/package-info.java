@NullMarked
package dev.fairlead.data.submission;

import org.jspecify.annotations.NullMarked;
