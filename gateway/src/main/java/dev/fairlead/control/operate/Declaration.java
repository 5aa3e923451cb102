package dev.fairlead.control.operate;

import java.util.List;

/// What a newly read file changed.
///
/// @param changes one line for each chain or node that came, went or changed
/// @param remarks where the file and orders given at run time speak of the same node
public record Declaration(List<String> changes, List<String> remarks) {
    public Declaration {
        changes = List.copyOf(changes);
        remarks = List.copyOf(remarks);
    }
}
