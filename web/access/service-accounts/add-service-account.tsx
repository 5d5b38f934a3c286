import { NativeSelect, TextInput } from "@mantine/core";
import type { ServiceAccountBody } from "#access/api";
import { UserDrawer } from "../users/user-drawer.tsx";
import { useAddServiceAccount } from "./service-account-queries.ts";
import { useWords } from "./use-words.ts";

export function AddServiceAccount({ onClose }: { onClose(): void }) {
  const add = useAddServiceAccount();
  const submit = (filled: HTMLFormElement) => {
    const form = new FormData(filled);
    const text = (name: string) => String(form.get(name));
    const use = text("use") as ServiceAccountBody["use"];
    add.mutate(
      { name: text("name"), use, purpose: text("purpose"), scope: text("scope") },
      { onSuccess: () => onClose() },
    );
  };
  return (
    <UserDrawer title="Add a service account" submit="Add" request={add} onSubmit={submit} onClose={onClose}>
      <TextInput label="Name" name="name" maxLength={100} required withAsterisk={false} data-autofocus />
      <NativeSelect
        label="What it is"
        name="use"
        data={Object.entries(useWords).map(([value, label]) => ({ value, label }))}
      />
      <TextInput
        label="What it is there for"
        description="A sentence that a colleague understands in a year"
        name="purpose"
        maxLength={500}
        required
        withAsterisk={false}
      />
      <TextInput
        label="What it may do"
        description="Scopes, apart by blanks: system/Observation.rs, corridor/scim.write, link/lab"
        name="scope"
        maxLength={2000}
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
      />
    </UserDrawer>
  );
}
