/// HTTP for operators. Bytes come in; a request that is well-formed and allowed goes out. Read
/// [AdminConnection] first.
@NullMarked
package dev.fairlead.control.admin.http;

import org.jspecify.annotations.NullMarked;
