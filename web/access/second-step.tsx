import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Me, SecondStepView } from "#access/api";
import { Icon } from "../parts/icon/icon.tsx";
import { sendJson } from "../parts/request/request.ts";
import { FormFailure } from "./form-message.tsx";
import { signed, useSignIn } from "./use-sign-in.ts";

interface SecondStepProps {
  readonly step: SecondStepView;
  readonly back?: string | undefined;
  onAgain(): void;
}

/** After the password: a code of the app, a passkey, or a recovery code. */
export function SecondStep({ step, back, onAgain }: SecondStepProps) {
  const { ticket, methods, passkeyOptions } = step;
  const hasApp = methods.includes("code");
  const [recovers, setRecovers] = useState(!hasApp && passkeyOptions === undefined);
  const { request } = useSignIn((body: object) => sendJson<Me>("POST", "/api/access/sign-in/second", body), back);
  const usePasskey = useSignIn(async (options: object) => {
    const passkey = await signed(options);
    return sendJson<Me>("POST", "/api/access/sign-in/second", { ticket, passkey });
  }, back).request;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("code"));
    request.mutate(recovers ? { ticket, recoveryCode: typed } : { ticket, code: typed });
  };
  return (
    <form className="outside-form" onSubmit={submit}>
      <FormFailure error={request.error ?? usePasskey.error} />
      {passkeyOptions === undefined ? null : (
        <Button
          variant={hasApp || recovers ? "default" : "filled"}
          leftSection={<Icon name="key" size={16} />}
          loading={usePasskey.isPending}
          onClick={() => usePasskey.mutate(passkeyOptions)}
          fullWidth
        >
          Use a passkey
        </Button>
      )}
      {hasApp || recovers ? (
        <>
          <CodeInput recovers={recovers} />
          <Button type="submit" loading={request.isPending} fullWidth>
            Go on
          </Button>
        </>
      ) : null}
      <p className="outside-advice">
        {methods.includes("recovery-code") ? (
          <button type="button" className="outside-link" onClick={() => setRecovers(!recovers)}>
            {recovers ? "Use my second factor" : "Use a recovery code"}
          </button>
        ) : null}{" "}
        <button type="button" className="outside-link" onClick={onAgain}>
          Begin again
        </button>
      </p>
      <p className="outside-advice">Lost both? A system administrator can reset your second factor.</p>
    </form>
  );
}

function CodeInput({ recovers }: { readonly recovers: boolean }) {
  return (
    <TextInput
      key={String(recovers)}
      label={recovers ? "Recovery code" : "Code of your authenticator app"}
      name="code"
      inputMode={recovers ? "text" : "numeric"}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={recovers ? 60 : 10}
      required
      withAsterisk={false}
      autoFocus
    />
  );
}
