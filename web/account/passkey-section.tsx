import { Button, TextInput } from "@mantine/core";
import { type PublicKeyCredentialCreationOptionsJSON, startRegistration } from "@simplewebauthn/browser";
import type { FormEvent } from "react";
import type { AccountView, PasskeyOfferView, PasskeyView, SetUpView } from "#access/api";
import { FormFailure, FormNote } from "../access/form-message.tsx";
import { formatDate, formatDateTime } from "../parts/format/dates.ts";
import { sendJson } from "../parts/request/request.ts";
import { passkeyHindrance, passkeyTrouble } from "./passkey-support.ts";
import { useProved } from "./use-proved.tsx";

interface PasskeySectionProps {
  readonly account: AccountView;
  onCodes(codes: readonly string[]): void;
}

/** Keys that a telephone, a computer or a stick holds, unlocked by a finger, a face or a PIN. */
export function PasskeySection({ account, onCodes }: PasskeySectionProps) {
  const add = useProved(addPasskey, ({ recoveryCodes }: SetUpView) => {
    if (recoveryCodes !== undefined) onCodes(recoveryCodes);
  });
  const remove = useProved((id: string) => sendJson("DELETE", `/api/access/account/passkeys/${id}`));
  const hindrance = passkeyHindrance();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    add.run(String(new FormData(event.currentTarget).get("name")));
    event.currentTarget.reset();
  };
  return (
    <section className="account-section" aria-labelledby="account-passkeys">
      <h2 id="account-passkeys">Passkeys</h2>
      <p>
        Your telephone, computer or security key signs in for you, after your finger, your face or a PIN. A passkey
        stands for password and second factor, and no false page can ask for it.
      </p>
      <FormFailure error={add.error ?? remove.error} />
      {account.passkeys.length === 0 ? null : (
        <ul className="account-list">
          {account.passkeys.map((passkey) => (
            <li key={passkey.id}>
              <PasskeyWords passkey={passkey} />
              <Button
                size="xs"
                variant="default"
                aria-label={`Remove the passkey ${passkey.name}`}
                onClick={() => remove.run(passkey.id)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {hindrance === undefined ? (
        <form className="account-line" onSubmit={submit}>
          <TextInput
            label="Name of a new passkey"
            description="So that you know it again: My telephone"
            name="name"
            maxLength={60}
            required
            withAsterisk={false}
          />
          <Button type="submit" variant="default" loading={add.isPending}>
            Add a passkey
          </Button>
        </form>
      ) : (
        <FormNote>{hindrance}</FormNote>
      )}
      {add.prompt}
      {remove.prompt}
    </section>
  );
}

function PasskeyWords({ passkey: { name, created, lastUsed, rpId } }: { readonly passkey: PasskeyView }) {
  return (
    <span>
      <strong>{name}</strong>{" "}
      <span className="quiet">
        for {rpId}, since {formatDate(created)},{" "}
        {lastUsed === undefined ? "not used yet" : `last used ${formatDateTime(lastUsed)}`}
      </span>
    </span>
  );
}

/** The browser makes the key between the two requests. */
async function addPasskey(name: string): Promise<SetUpView> {
  const offer = await sendJson<PasskeyOfferView>("POST", "/api/access/account/passkeys/offer");
  const optionsJSON = offer.options as PublicKeyCredentialCreationOptionsJSON;
  const passkey = await startRegistration({ optionsJSON }).catch((error: unknown) => {
    throw passkeyTrouble(error);
  });
  return sendJson("POST", "/api/access/account/passkeys", { ticket: offer.ticket, name, passkey });
}
