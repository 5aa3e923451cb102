package dev.fairlead.control.operate;

import dev.fairlead.control.store.StoreChange;
import dev.fairlead.core.fleet.Node;
import java.util.List;

/// Whether an order is to be carried out, and what that changes. Reached without any effect.
sealed interface Decision permits Decision.Accepted, OrderResult.Rejected {
    /// @param changes empty when everything is so already
    /// @param subject as it will be; as it was, when it is removed
    /// @param details for the audit trail, without secrets
    record Accepted(Verb verb, List<StoreChange> changes, Subject subject, String details, List<String> remarks)
            implements Decision {
        Accepted(Verb verb, List<StoreChange> changes, Node node, String details, List<String> remarks) {
            this(verb, changes, new Subject.OfNode(node), details, remarks);
        }
    }

    enum Verb {
        ADD("add", "added"),
        UPDATE("update", "updated"),
        REMOVE("remove", "removed"),
        CORDON("cordon", "cordoned"),
        UNCORDON("uncordon", "uncordoned"),
        DRAIN("drain", "draining"),
        TENANT_ADD("tenant-add", "added tenant"),
        TENANT_UPDATE("tenant-update", "updated tenant"),
        TENANT_REMOVE("tenant-remove", "removed tenant"),
        KEY_ADD("key-add", "added key"),
        KEY_ROTATE("key-rotate", "rotated key"),
        KEY_REVOKE("key-revoke", "revoked key");

        private final String word;
        private final String past;

        Verb(String word, String past) {
            this.word = word;
            this.past = past;
        }

        /// As the audit trail says it.
        String word() {
            return word;
        }

        /// As events say it.
        String past() {
            return past;
        }
    }
}
