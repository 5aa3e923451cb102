package dev.fairlead.control.operate;

import dev.fairlead.core.policy.AccessPolicy;
import dev.fairlead.core.policy.MethodRules;
import dev.fairlead.core.policy.Preset;
import dev.fairlead.core.policy.Tenant;
import java.util.ArrayList;
import java.util.List;

/// What a reload opened to callers without a key that was closed to them before: nobody is to overlook it, because a
/// file that lost its last tenant says nothing of it.
final class OpenedChains {
    private OpenedChains() {}

    /// @return one line each; none when nothing was opened
    static List<String> between(AccessPolicy before, AccessPolicy after, List<String> chains) {
        var remarks = new ArrayList<String>();
        List<String> opened = chains.stream()
                .filter(chain -> !before.isPublic(chain) && after.isPublic(chain))
                .toList();
        if (!opened.isEmpty()) {
            String why = after.tenants().isEmpty() ? ", because no tenant is declared any more" : "";
            remarks.add("from now on calls without a key are served on " + String.join(", ", opened) + why
                    + "; policy.public = false refuses them");
        }
        List<String> local = chains.stream()
                .filter(chain -> hasPreset(before, chain) && !isLocal(before, chain) && isLocal(after, chain))
                .toList();
        if (!local.isEmpty()) {
            remarks.add("from now on the preset is " + Preset.LOCAL.word() + " on " + String.join(", ", local)
                    + "; policy.preset = \"" + Preset.DAPP.word() + "\" keeps a node's own methods closed");
        }
        return remarks;
    }

    /// Chains that a file without a tenant opens, and nothing in it says that they are to be public.
    static List<String> unsaid(AccessPolicy before, AccessPolicy after, FileDeclarations file) {
        boolean isSaid = file.policy().general().callers().isPublic() != null;
        if (isSaid || before.tenants().isEmpty() || !after.tenants().isEmpty()) return List.of();
        return file.chains().stream()
                .filter(plan -> plan.policy().isPublic() == null)
                .map(plan -> plan.chain().name())
                .filter(chain -> !before.isPublic(chain) && after.isPublic(chain))
                .toList();
    }

    private static boolean hasPreset(AccessPolicy policy, String chain) {
        return policy.rules(Tenant.PUBLIC, chain) != null;
    }

    private static boolean isLocal(AccessPolicy policy, String chain) {
        MethodRules rules = policy.rules(Tenant.PUBLIC, chain);
        return rules != null && rules.preset() == Preset.LOCAL;
    }
}
