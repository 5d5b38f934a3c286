import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { AddedView } from "#access/api";
import { type Caring, CaringFields } from "./caring-fields.tsx";
import { RoleChoice } from "./role-choice.tsx";
import { UserDrawer } from "./user-drawer.tsx";
import { useAddUser } from "./user-queries.ts";

interface AddUserProps {
  onClose(): void;
  onAdded(added: AddedView): void;
}

/** The account has no password: the one-time link that comes back lets its owner choose one. */
export function AddUser({ onClose, onAdded }: AddUserProps) {
  const [roles, setRoles] = useState<string[]>([]);
  const [caring, setCaring] = useState<Caring>({});
  const add = useAddUser();
  const submit = (filled: HTMLFormElement) => {
    const form = new FormData(filled);
    const body = { username: String(form.get("username")), display: String(form.get("display")), roles, caring };
    add.mutate(body, {
      onSuccess: (added) => {
        onAdded(added);
        onClose();
      },
    });
  };
  return (
    <UserDrawer title="Add a user" submit="Add" request={add} onSubmit={submit} onClose={onClose}>
      <TextInput
        label="Name"
        description="As colleagues read it: Dr Ingrid Lindqvist"
        name="display"
        maxLength={200}
        required
        withAsterisk={false}
        data-autofocus
      />
      <TextInput
        label="User name"
        description="For signing in; it can not be changed later"
        name="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={128}
        required
        withAsterisk={false}
      />
      <CaringFields caring={caring} onChange={setCaring} />
      <RoleChoice chosen={roles} onChange={setRoles} />
    </UserDrawer>
  );
}
