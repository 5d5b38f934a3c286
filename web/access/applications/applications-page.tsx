import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApplicationChangedView, ApplicationView } from "#access/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import "../users/users.css";
import { AddApplication } from "./add-application.tsx";
import { applicationsQuery } from "./application-queries.ts";
import { ApplicationTable } from "./application-table.tsx";
import "./applications.css";
import { EditApplication } from "./edit-application.tsx";
import { NewSecret } from "./new-secret.tsx";

type Open =
  | { readonly is: "none" }
  | { readonly is: "add" }
  | { readonly is: "edit"; readonly application: ApplicationView };

/** Which programs may ask people for access, or work by themselves, and how far. */
export function ApplicationsPage() {
  const [open, setOpen] = useState<Open>({ is: "none" });
  const [changed, setChanged] = useState<ApplicationChangedView | undefined>(undefined);
  const query = useQuery(applicationsQuery);
  const close = () => setOpen({ is: "none" });
  return (
    <div className="page">
      <div className="page-head">
        <h1>Applications</h1>
        <Button
          className="users-add"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setOpen({ is: "add" })}
        >
          Enter an application
        </Button>
      </div>
      {changed?.secret === undefined ? null : (
        <NewSecret name={changed.application.name} secret={changed.secret} onClose={() => setChanged(undefined)} />
      )}
      <Loaded query={query} label="Loading applications" rows={6}>
        {(applications) =>
          applications.length === 0 ? (
            <EmptyPanel icon="key" title="No applications yet">
              Enter one, and approve it when you know who answers for it.
            </EmptyPanel>
          ) : (
            <ApplicationTable
              applications={applications}
              onEdit={(application) => setOpen({ is: "edit", application })}
            />
          )
        }
      </Loaded>
      {open.is === "add" ? <AddApplication onClose={close} onAdded={setChanged} /> : null}
      {open.is === "edit" ? (
        <EditApplication application={open.application} onClose={close} onChanged={setChanged} />
      ) : null}
    </div>
  );
}
