import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ImageRouteView } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../imaging.css";
import { nodesQuery, rulesQuery } from "../imaging-queries.ts";
import { type AskedDeed, ReasonDrawer } from "../reason-drawer.tsx";
import { RuleDrawer } from "./rule-drawer.tsx";
import { ruleSentence } from "./rule-words.ts";
import { TrialPart } from "./trial-part.tsx";

/** Which studies go where by themselves, and a study to try that on. */
export function RulesPage() {
  const query = useQuery(rulesQuery);
  const nodes = useQuery(nodesQuery);
  const [edited, setEdited] = useState<ImageRouteView | "new">();
  const [asked, setAsked] = useState<AskedDeed>();
  return (
    <div className="page">
      <div className="page-head">
        <h1>Sending rules</h1>
        <p>Which studies go to which nodes by themselves, and when</p>
      </div>
      <Loaded query={query} label="Loading the rules" rows={4}>
        {({ rules }) => (
          <div className="imaging-parts">
            <section aria-label="Rules">
              <div className="imaging-toolbar">
                <Button size="xs" leftSection={<Icon name="plus" size={15} />} onClick={() => setEdited("new")}>
                  Add a rule
                </Button>
              </div>
              {rules.length === 0 ? (
                <EmptyPanel icon="order" title="There is no rule yet">
                  Until there is one, studies go to other nodes by hand alone.
                </EmptyPanel>
              ) : (
                <ul className="imaging-list">
                  {rules.map((rule) => (
                    <li key={rule.id}>
                      <RuleCard rule={rule} onEdit={() => setEdited(rule)} onDelete={() => setAsked(deleting(rule))} />
                    </li>
                  ))}
                </ul>
              )}
            </section>
            {rules.length === 0 ? null : <TrialPart />}
          </div>
        )}
      </Loaded>
      {edited === undefined ? null : (
        <RuleDrawer
          rule={edited === "new" ? undefined : edited}
          nodes={nodes.data?.nodes ?? []}
          onClose={() => setEdited(undefined)}
        />
      )}
      {asked === undefined ? null : <ReasonDrawer asked={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

interface RuleCardProps {
  readonly rule: ImageRouteView;
  onEdit(): void;
  onDelete(): void;
}

function RuleCard({ rule, onEdit, onDelete }: RuleCardProps) {
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
      <p>{ruleSentence(rule)}</p>
      <div className="imaging-actions">
        <Button size="xs" variant="default" aria-label={`Edit ${rule.id}`} onClick={onEdit}>
          Edit…
        </Button>
        <Button size="xs" variant="subtle" color="red" aria-label={`Delete ${rule.id}`} onClick={onDelete}>
          Delete…
        </Button>
      </div>
    </article>
  );
}

function deleting({ id }: ImageRouteView): AskedDeed {
  return {
    title: `Delete the rule ${id}`,
    means: "No further study goes by it. What waits by it is still sent.",
    submit: "Delete it",
    done: "The rule is deleted.",
    isDanger: true,
    asksReason: false,
    deed: () => ({ method: "DELETE", path: `/rules/${encodeURIComponent(id)}` }),
  };
}
