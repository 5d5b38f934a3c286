import { Button } from "@mantine/core";
import type { ApplicationChangedView, ApplicationView } from "#access/api";
import { UserDrawer } from "../users/user-drawer.tsx";
import { ApplicationFields, particularsOf } from "./application-fields.tsx";
import { type ApplicationChange, useChangeApplication } from "./application-queries.ts";
import { ApplicationState } from "./application-table.tsx";

interface EditApplicationProps {
  readonly application: ApplicationView;
  onClose(): void;
  onChanged(changed: ApplicationChangedView): void;
}

/** Approve, limit, suspend, revoke. Whatever gives less ends the tokens that it has. */
export function EditApplication({ application, onClose, onChanged }: EditApplicationProps) {
  const change = useChangeApplication();
  const send = (wanted: Omit<ApplicationChange, "id">) =>
    change.mutate(
      { id: application.id, ...wanted },
      {
        onSuccess: (changed) => {
          onChanged(changed);
          onClose();
        },
      },
    );
  return (
    <UserDrawer
      title={application.name}
      submit="Save"
      request={change}
      onSubmit={(form) => {
        const { type: _, ...particulars } = particularsOf(new FormData(form), application.type);
        send(particulars);
      }}
      onClose={onClose}
    >
      <dl className="application-facts">
        <div>
          <dt>State</dt>
          <dd>
            <ApplicationState state={application.state} />
          </dd>
        </div>
        <div>
          <dt>client_id</dt>
          <dd className="application-id">{application.id}</dd>
        </div>
      </dl>
      <StateActions application={application} pending={change.isPending} onSend={send} />
      <ApplicationFields application={application} type={application.type} onType={() => undefined} />
      <div>
        <p className="application-says">With these scopes it may at most:</p>
        <ul className="application-sentences">
          {application.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    </UserDrawer>
  );
}

interface StateActionsProps {
  readonly application: ApplicationView;
  readonly pending: boolean;
  onSend(wanted: Omit<ApplicationChange, "id">): void;
}

function StateActions({ application, pending, onSend }: StateActionsProps) {
  const { state, hasSecret } = application;
  if (state === "revoked")
    return <p className="quiet">It was revoked for good. Enter it anew if it is to come back.</p>;
  const button = { variant: "default", size: "xs", disabled: pending } as const;
  return (
    <div className="users-form-actions">
      {state === "approved" ? (
        <Button {...button} onClick={() => onSend({ state: "suspended" })}>
          Suspend
        </Button>
      ) : (
        <Button {...button} variant="filled" onClick={() => onSend({ state: "approved" })}>
          Approve
        </Button>
      )}
      {hasSecret ? (
        <Button {...button} onClick={() => onSend({ newSecret: true })}>
          Make a new secret
        </Button>
      ) : null}
      <Button {...button} color="red" onClick={() => onSend({ state: "revoked" })}>
        Revoke for good
      </Button>
    </div>
  );
}
