@NullMarked
package dev.fairlead.core.policy;

import org.jspecify.annotations.NullMarked;
