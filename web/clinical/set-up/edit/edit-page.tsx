import { useQuery } from "@tanstack/react-query";
import type { ConfigurationForms, ConfigurationView } from "#departments/clinical/api";
import { EmptyPanel } from "../../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../../shell/session/session.ts";
import { SetUpHead } from "../set-up-head.tsx";
import { configurationQuery } from "../set-up-queries.ts";
import { formsQuery } from "./edit-queries.ts";
import { Editor } from "./editor.tsx";
import "../../../parts/worklist/worklist.css";
import "./edit.css";

/** The links and destinations as forms: what is changed is checked at once, and runs when it is deployed. */
export function EditPage() {
  // Golden messages are among the files, and a draft without them would take them out.
  const mayEdit = [usePermission("links.configure"), usePermission("messages.read")].every(Boolean);
  return (
    <div className="page">
      <SetUpHead note="Nothing changes until it is deployed" />
      {mayEdit ? (
        <EditLoaded />
      ) : (
        <EmptyPanel icon="key" title="You may not change the set-up">
          It takes the roles of somebody who may configure the links and read their messages.
        </EmptyPanel>
      )}
    </div>
  );
}

function EditLoaded() {
  const forms = useQuery(formsQuery);
  const newest = useQuery(configurationQuery());
  return (
    <Loaded query={forms} label="Loading the forms" rows={8}>
      {(known) => (
        <Loaded query={newest} label="Loading the configuration" rows={8}>
          {(view) => <Editor key={view.deployment?.version ?? 0} forms={known} running={runningOf(view, known)} />}
        </Loaded>
      )}
    </Loaded>
  );
}

/** Where nothing was ever deployed, what stands is what the settings of the program say. */
function runningOf({ deployment, files }: ConfigurationView, { standing }: ConfigurationForms) {
  return { version: deployment?.version ?? 0, files: deployment === undefined ? standing : files };
}
