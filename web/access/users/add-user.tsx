import { Button, Drawer, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { AddedView } from "#access/api";
import { FormFailure } from "../form-message.tsx";
import { RoleChoice } from "./role-choice.tsx";
import { useAddUser } from "./user-queries.ts";

interface AddUserProps {
  onClose(): void;
  onAdded(added: AddedView): void;
}

/** The account has no password: the one-time link that comes back lets its owner choose one. */
export function AddUser({ onClose, onAdded }: AddUserProps) {
  const [roles, setRoles] = useState<string[]>([]);
  const add = useAddUser();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { username: String(form.get("username")), display: String(form.get("display")), roles };
    add.mutate(body, {
      onSuccess: (added) => {
        onAdded(added);
        onClose();
      },
    });
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(520px, 100vw)"
      title={<span className="users-drawer-title">Add a user</span>}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="users-form" onSubmit={submit}>
        <FormFailure error={add.error} />
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
          maxLength={64}
          required
          withAsterisk={false}
        />
        <RoleChoice chosen={roles} onChange={setRoles} />
        <div className="users-form-actions">
          <Button type="submit" loading={add.isPending}>
            Add
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
