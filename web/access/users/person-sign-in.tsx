import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { PersonSignInView, UserView } from "#access/api";
import { SessionList } from "../../account/session-list.tsx";
import { sendJson } from "../../parts/request/request.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { FormFailure } from "../form-message.tsx";
import { personSignInQuery } from "./user-queries.ts";
import "../../account/account.css";

/** What a person signs in with and where they are signed in, and what an administrator does about it. */
export function PersonSignIn({ user }: { readonly user: UserView }) {
  const query = useQuery(personSignInQuery(user.id));
  const client = useQueryClient();
  const path = `/api/access/users/${user.id}`;
  const { queryKey } = personSignInQuery(user.id);
  const onSuccess = () => client.invalidateQueries({ queryKey });
  const end = useMutation({ mutationFn: (id: string) => sendJson("DELETE", `${path}/sessions${id}`), onSuccess });
  const reset = useMutation({
    mutationFn: (reason: string) => sendJson("POST", `${path}/second-factor-reset`, { reason }),
    onSuccess,
  });
  return (
    <section className="users-sign-in" aria-label="Signing in">
      <FormFailure error={end.error ?? reset.error} />
      <Loaded query={query} label="Loading sessions" rows={2}>
        {(view) => (
          <>
            <p>{factorWords(view)}</p>
            {hasFactor(view) ? <Reset pending={reset.isPending} onReset={reset.mutate} /> : null}
            <p>{view.sessions.length === 0 ? "Not signed in anywhere." : "Signed in here:"}</p>
            <SessionList sessions={view.sessions} pending={end.isPending} onEnd={(id) => end.mutate(`/${id}`)} />
            {view.sessions.length > 1 ? (
              <Button variant="default" size="xs" loading={end.isPending} onClick={() => end.mutate("")}>
                End all sessions
              </Button>
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

function hasFactor({ totpSince, passkeys }: PersonSignInView): boolean {
  return totpSince !== undefined || passkeys.length > 0;
}

function factorWords(view: PersonSignInView): string {
  if (!hasFactor(view)) return "No second factor.";
  const { totpSince, passkeys, recoveryCodesLeft } = view;
  const count = passkeys.length === 1 ? "one passkey" : `${passkeys.length} passkeys`;
  const parts = [
    ...(totpSince === undefined ? [] : ["authenticator app"]),
    ...(passkeys.length === 0 ? [] : [count]),
    `${recoveryCodesLeft} recovery codes left`,
  ];
  return `Second factor: ${parts.join(", ")}.`;
}

interface ResetProps {
  readonly pending: boolean;
  onReset(reason: string): void;
}

/** Not without a reason, which stands in the audit log under the administrator's name. */
function Reset({ pending, onReset }: ResetProps) {
  const [reason, setReason] = useState("");
  return (
    <div className="account-line">
      <TextInput
        label="Why the second factor is reset"
        size="xs"
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          // The form around it is about something else.
          event.preventDefault();
          if (reason.trim() !== "") onReset(reason);
        }}
      />
      <Button
        variant="default"
        size="xs"
        disabled={reason.trim() === ""}
        loading={pending}
        onClick={() => onReset(reason)}
      >
        Reset the second factor
      </Button>
    </div>
  );
}
