/// Submissions before a node gets them: held against the rules of their tenant and chain, counted by who signed, and
/// shown to a service of the operator's. In come calls that their caller has credits for; out go refusals. Read
/// [TransactionGate] first.
@NullMarked
package dev.fairlead.data.transaction;

import org.jspecify.annotations.NullMarked;
