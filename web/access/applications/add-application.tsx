import { useState } from "react";
import type { ApplicationChangedView, ApplicationView } from "#access/api";
import { UserDrawer } from "../users/user-drawer.tsx";
import { ApplicationFields, particularsOf } from "./application-fields.tsx";
import { useAddApplication } from "./application-queries.ts";

interface AddApplicationProps {
  onClose(): void;
  onAdded(added: ApplicationChangedView): void;
}

/** Entered is not approved: that is a step of its own. */
export function AddApplication({ onClose, onAdded }: AddApplicationProps) {
  const [type, setType] = useState<ApplicationView["type"]>("public");
  const add = useAddApplication();
  const submit = (form: HTMLFormElement) =>
    add.mutate(particularsOf(new FormData(form), type), {
      onSuccess: (added) => {
        onAdded(added);
        onClose();
      },
    });
  return (
    <UserDrawer title="Enter an application" submit="Enter" request={add} onSubmit={submit} onClose={onClose}>
      <ApplicationFields type={type} onType={setType} />
    </UserDrawer>
  );
}
