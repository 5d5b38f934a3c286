import { Button, Modal, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { FormFailure } from "../access/form-message.tsx";
import { sendJson } from "../parts/request/request.ts";

interface ProofDialogProps {
  onProved(): void;
  onClose(): void;
}

/** Asks for the password again before a change of how one signs in. */
export function ProofDialog({ onProved, onClose }: ProofDialogProps) {
  const prove = useMutation({
    mutationFn: (password: string) => sendJson("POST", "/api/access/account/proof", { password }),
    onSuccess: onProved,
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    prove.mutate(String(new FormData(event.currentTarget).get("password")));
  };
  return (
    <Modal opened onClose={onClose} title="Is it still you?" closeButtonProps={{ "aria-label": "Close" }}>
      <form className="account-form" onSubmit={submit}>
        <FormFailure error={prove.error} />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <div className="account-actions">
          <Button type="submit" loading={prove.isPending}>
            Go on
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
