import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../imaging.css";
import { exportsQuery } from "../imaging-queries.ts";
import { type AskedDeed, ReasonDrawer } from "../reason-drawer.tsx";
import { ExportDrawer } from "./export-drawer.tsx";
import { ExportTable } from "./export-table.tsx";

/** Studies that leave the archive as files, as they are or without what identifies people. */
export function ExportsPage() {
  const query = useQuery(exportsQuery);
  const [asked, setAsked] = useState<AskedDeed>();
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Exports</h1>
        <p>
          Studies as a zip file with a DICOMDIR, as they are or de-identified; each is there for a while, then removed
        </p>
      </div>
      <div className="imaging-toolbar">
        <Button size="xs" leftSection={<Icon name="download" size={15} />} onClick={() => setAsking(true)}>
          Export studies
        </Button>
      </div>
      <Loaded query={query} label="Loading the exports" rows={4}>
        {({ exports }) =>
          exports.length === 0 ? (
            <EmptyPanel icon="download" title="Nothing is exported">
              What somebody exports here appears with how far it is. Exports of the command line go where it says, and
              are in the audit log.
            </EmptyPanel>
          ) : (
            <ExportTable exports={exports} onAsk={setAsked} />
          )
        }
      </Loaded>
      {asked === undefined ? null : <ReasonDrawer asked={asked} onClose={() => setAsked(undefined)} />}
      {isAsking && query.data !== undefined ? (
        <ExportDrawer page={query.data} onClose={() => setAsking(false)} />
      ) : null}
    </div>
  );
}
