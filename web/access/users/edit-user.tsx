import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { AddedView, UserView } from "#access/api";
import { CaringFields } from "./caring-fields.tsx";
import { PersonSignIn } from "./person-sign-in.tsx";
import { RoleChoice } from "./role-choice.tsx";
import { UserDrawer } from "./user-drawer.tsx";
import { type UserChange, useChangeUser } from "./user-queries.ts";
import { UserSources } from "./user-sources.tsx";

interface EditUserProps {
  readonly user: UserView;
  onClose(): void;
  onChanged(added: AddedView): void;
}

/** Name and roles, and what an account needs now and then: a link, an unlock, an end. */
export function EditUser({ user, onClose, onChanged }: EditUserProps) {
  const [display, setDisplay] = useState(user.display);
  const [roles, setRoles] = useState([...user.givenRoles]);
  const [caring, setCaring] = useState(user.caring ?? {});
  const [mayTake, setMayTake] = useState(user.directoryMayTake === true);
  const change = useChangeUser();
  const send = (wanted: Omit<UserChange, "id">) =>
    change.mutate(
      { id: user.id, ...wanted },
      {
        onSuccess: (changed) => {
          onChanged(changed);
          onClose();
        },
      },
    );
  return (
    <UserDrawer
      title={user.username}
      submit="Save"
      request={change}
      onSubmit={() => send({ display: display.trim(), roles, caring, directoryMayTake: mayTake })}
      onClose={onClose}
    >
      <AccountActions user={user} pending={change.isPending} onSend={send} />
      <TextInput
        label="Name"
        value={display}
        maxLength={200}
        required
        withAsterisk={false}
        onChange={(event) => setDisplay(event.currentTarget.value)}
      />
      <PersonSignIn user={user} />
      <UserSources user={user} mayTake={mayTake} onMayTake={setMayTake} />
      <CaringFields caring={caring} onChange={setCaring} />
      <RoleChoice chosen={roles} onChange={setRoles} />
    </UserDrawer>
  );
}

interface AccountActionsProps {
  readonly user: UserView;
  readonly pending: boolean;
  onSend(wanted: Omit<UserChange, "id">): void;
}

function AccountActions({ user, pending, onSend }: AccountActionsProps) {
  return (
    <div className="users-form-actions">
      {user.active ? (
        <Button variant="default" size="xs" disabled={pending} onClick={() => onSend({ newLink: true })}>
          Make a link for a new password
        </Button>
      ) : null}
      {user.lockedUntil === undefined ? null : (
        <Button variant="default" size="xs" disabled={pending} onClick={() => onSend({ unlock: true })}>
          Unlock
        </Button>
      )}
      <Button
        variant="default"
        size="xs"
        disabled={pending}
        {...(user.active ? { color: "red" } : {})}
        onClick={() => onSend({ active: !user.active })}
      >
        {user.active ? "Close the account" : "Open the account again"}
      </Button>
    </div>
  );
}
