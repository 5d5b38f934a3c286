import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RetentionRuleView } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { nodesQuery } from "../imaging-queries.ts";
import { type AskedDeed, ReasonDrawer } from "../reason-drawer.tsx";
import { retentionSentence } from "./retention-words.ts";
import { RetentionRuleDrawer } from "./rule-drawer.tsx";

/** How long which studies are kept. */
export function RetentionRulesPart({ rules }: { readonly rules: readonly RetentionRuleView[] }) {
  const mayWrite = usePermission("images.keep");
  const nodes = useQuery({ ...nodesQuery, enabled: mayWrite });
  const [edited, setEdited] = useState<RetentionRuleView | "new">();
  const [asked, setAsked] = useState<AskedDeed>();
  const aeTitles = new Map(nodes.data?.nodes.map(({ id, aeTitle }) => [id, aeTitle]));
  return (
    <section aria-labelledby="retention-rules">
      <h2 id="retention-rules">Rules</h2>
      <p className="quiet">
        Of several rules about a study the one that keeps it longest counts. What no rule is about is kept for ever.
      </p>
      {mayWrite ? (
        <div className="imaging-toolbar">
          <Button size="xs" leftSection={<Icon name="plus" size={15} />} onClick={() => setEdited("new")}>
            Add a rule
          </Button>
        </div>
      ) : null}
      {rules.length === 0 ? (
        <EmptyPanel icon="order" title="There is no rule yet">
          Until there is one, nothing is deleted by rule.
        </EmptyPanel>
      ) : (
        <ul className="imaging-list">
          {rules.map((rule) => (
            <li key={rule.id}>
              <RuleCard
                rule={rule}
                nodeNamed={(id) => aeTitles.get(id) ?? id}
                {...(mayWrite ? { onEdit: () => setEdited(rule), onDelete: () => setAsked(deleting(rule)) } : {})}
              />
            </li>
          ))}
        </ul>
      )}
      {edited === undefined ? null : (
        <RetentionRuleDrawer
          rule={edited === "new" ? undefined : edited}
          nodes={nodes.data?.nodes ?? []}
          onClose={() => setEdited(undefined)}
        />
      )}
      {asked === undefined ? null : <ReasonDrawer asked={asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

interface RuleCardProps {
  readonly rule: RetentionRuleView;
  nodeNamed(id: string): string;
  readonly onEdit?: () => void;
  readonly onDelete?: () => void;
}

function RuleCard({ rule, nodeNamed, onEdit, onDelete }: RuleCardProps) {
  return (
    <article className="imaging-card" aria-label={rule.id}>
      <div className="imaging-card-head">
        <h3>{rule.id}</h3>
        <span className="quiet">{rule.description}</span>
        {rule.isOn ? null : (
          <Tag tone="warn" icon="hold">
            Switched off
          </Tag>
        )}
      </div>
      <p>{retentionSentence(rule, nodeNamed)}</p>
      {onEdit === undefined ? null : (
        <div className="imaging-actions">
          <Button size="xs" variant="default" aria-label={`Edit ${rule.id}`} onClick={onEdit}>
            Edit…
          </Button>
          <Button size="xs" variant="subtle" color="red" aria-label={`Delete ${rule.id}`} onClick={onDelete}>
            Delete…
          </Button>
        </div>
      )}
    </article>
  );
}

function deleting({ id }: RetentionRuleView): AskedDeed {
  return {
    title: `Delete the rule ${id}`,
    means:
      "Nothing further goes by it. A deletion that is under way goes by the rules as they were when it was proposed.",
    submit: "Delete it",
    done: "The rule is deleted.",
    isDanger: true,
    asksReason: false,
    deed: () => ({ method: "DELETE", path: `/retention/rules/${encodeURIComponent(id)}` }),
  };
}
