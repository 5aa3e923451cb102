package dev.fairlead.control.admin.view;

import dev.fairlead.core.memory.Budgets;
import dev.fairlead.core.memory.MemoryBudget;

/// What is held for clients and nodes.
///
/// @param heap request bodies
/// @param direct replies, and answers that clients have not read
public record MemoryView(BudgetView heap, BudgetView direct) {
    public static MemoryView of(Budgets budgets) {
        return new MemoryView(BudgetView.of(budgets.heap()), BudgetView.of(budgets.direct()));
    }

    /// @param budget bytes that may be held
    /// @param used bytes that are held
    /// @param refusals how often something was refused for lack of it
    public record BudgetView(long budget, long used, long refusals) {
        static BudgetView of(MemoryBudget budget) {
            return new BudgetView(budget.most(), budget.used(), budget.refusals());
        }
    }
}
