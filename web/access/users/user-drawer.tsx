import { Button, Drawer } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { FormFailure } from "../form-message.tsx";

interface UserDrawerProps {
  readonly title: string;
  /** The word on the button that sends the form. */
  readonly submit: string;
  readonly request: { readonly isPending: boolean; readonly error: Error | null };
  /** The form's fields. */
  readonly children: ReactNode;
  onSubmit(form: HTMLFormElement): void;
  onClose(): void;
}

/** A form about one account, at the side of the list; why the last try failed stands above its fields. */
export function UserDrawer({ title, submit, request, children, onSubmit, onClose }: UserDrawerProps) {
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(event.currentTarget);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(520px, 100vw)"
      title={<span className="users-drawer-title">{title}</span>}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form className="users-form" onSubmit={send}>
        <FormFailure error={request.error} />
        {children}
        <div className="users-form-actions">
          <Button type="submit" loading={request.isPending}>
            {submit}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Drawer>
  );
}
