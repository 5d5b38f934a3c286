import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { NodeView } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../imaging.css";
import { nodesQuery } from "../imaging-queries.ts";
import { type AskedDeed, ReasonDrawer } from "../reason-drawer.tsx";
import { AssociationsPart } from "./associations-part.tsx";
import { NodeCard } from "./node-card.tsx";
import { NodeDrawer } from "./node-drawer.tsx";

/** The machines that Corridor speaks DICOM with, and who is connected now. */
export function NodesPage() {
  const query = useQuery(nodesQuery);
  const [edited, setEdited] = useState<NodeView | "new">();
  const [asked, setAsked] = useState<AskedDeed>();
  const add = (
    <Button size="xs" leftSection={<Icon name="plus" size={15} />} onClick={() => setEdited("new")}>
      Add a node
    </Button>
  );
  return (
    <div className="page">
      <div className="page-head">
        <h1>Nodes</h1>
        <p>Modalities, workstations and other archives: who may ask for what, and who is called where</p>
      </div>
      <Loaded query={query} label="Loading the nodes" rows={5}>
        {({ ownAeTitle, nodes }) => (
          <div className="imaging-parts">
            <section aria-label="Nodes">
              <div className="imaging-toolbar">
                <p className="quiet">
                  Corridor is called <strong>{ownAeTitle}</strong>. A node that is not in this list is refused.
                </p>
                {add}
              </div>
              {nodes.length === 0 ? (
                <EmptyPanel icon="links" title="No node is known yet">
                  Add the first modality with its AE title and where it stands. Until then nobody may send images by
                  DICOM.
                </EmptyPanel>
              ) : (
                <ul className="imaging-list">
                  {nodes.map((node) => (
                    <li key={node.id}>
                      <NodeCard node={node} onEdit={() => setEdited(node)} onAsk={setAsked} />
                    </li>
                  ))}
                </ul>
              )}
            </section>
            <AssociationsPart nodes={nodes} />
          </div>
        )}
      </Loaded>
      {edited === undefined ? null : (
        <NodeDrawer node={edited === "new" ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
      {asked === undefined ? null : <ReasonDrawer asked={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}
