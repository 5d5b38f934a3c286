import type { FormEvent, ReactNode } from "react";
import { FormFailure } from "../access/form-message.tsx";
import { announce } from "../parts/announcer/announcement.ts";
import { useImageDeed } from "./imaging-queries.ts";
import { FormButtons, ImagingDrawer } from "./reason-drawer.tsx";

interface RuleFormProps {
  /** Name of the rule that is edited; undefined for a new one. */
  readonly name: string | undefined;
  /** Where it is kept, and what. */
  readonly path: string;
  readonly body: object;
  readonly isReady: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** The drawer in which a rule is written, of whatever it decides. */
export function RuleForm({ name, path, body, isReady, onClose, children }: RuleFormProps) {
  const request = useImageDeed();
  const send = (event: FormEvent) => {
    event.preventDefault();
    const finish = () => {
      announce("The rule is kept.");
      onClose();
    };
    request.mutate({ method: "PUT", path, body }, { onSuccess: finish });
  };
  return (
    <ImagingDrawer title={name === undefined ? "Add a rule" : `Edit ${name}`} onClose={onClose}>
      <form className="imaging-form" onSubmit={send}>
        {children}
        <FormFailure error={request.error} />
        <FormButtons submit="Keep it" isPending={request.isPending} isReady={isReady} onClose={onClose} />
      </form>
    </ImagingDrawer>
  );
}
