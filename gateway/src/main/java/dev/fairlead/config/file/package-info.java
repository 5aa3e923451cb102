/// One reading of one file: what it may be, what is expanded in it, and every fault found. Read [FileReading] first.
@NullMarked
package dev.fairlead.config.file;

import org.jspecify.annotations.NullMarked;
