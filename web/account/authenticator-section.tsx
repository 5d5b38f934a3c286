import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { AccountView, SetUpView, TotpOfferView } from "#access/api";
import { FormFailure } from "../access/form-message.tsx";
import { formatDate } from "../parts/format/dates.ts";
import { sendJson } from "../parts/request/request.ts";
import { Tag } from "../parts/tag/tag.tsx";
import { QrPicture } from "./qr-picture.tsx";
import { useProved } from "./use-proved.tsx";

interface AuthenticatorSectionProps {
  readonly account: AccountView;
  onCodes(codes: readonly string[]): void;
}

/** An app on a telephone that shows six digits. */
export function AuthenticatorSection({ account, onCodes }: AuthenticatorSectionProps) {
  const [offer, setOffer] = useState<TotpOfferView | undefined>(undefined);
  const begin = useProved(() => sendJson<TotpOfferView>("POST", "/api/access/account/totp"), setOffer);
  const remove = useProved(() => sendJson("DELETE", "/api/access/account/totp"));
  const done = ({ recoveryCodes }: SetUpView) => {
    setOffer(undefined);
    if (recoveryCodes !== undefined) onCodes(recoveryCodes);
  };
  const { totpSince } = account;
  return (
    <section className="account-section" aria-labelledby="account-app">
      <h2 id="account-app">Authenticator app</h2>
      <p>
        {totpSince === undefined ? (
          <Tag tone="plain">Not set up</Tag>
        ) : (
          <Tag tone="good" icon="check">
            Set up on {formatDate(totpSince)}
          </Tag>
        )}{" "}
        An app on your telephone shows six digits, which are asked for after your password.
      </p>
      <FormFailure error={begin.error ?? remove.error} />
      {offer === undefined ? (
        <div className="account-actions">
          <Button variant="default" loading={begin.isPending} onClick={() => begin.run(undefined)}>
            {totpSince === undefined ? "Set up an app" : "Set up another app instead"}
          </Button>
          {totpSince === undefined ? null : (
            <Button variant="default" color="red" loading={remove.isPending} onClick={() => remove.run(undefined)}>
              Remove the app
            </Button>
          )}
        </div>
      ) : (
        <Confirm offer={offer} onDone={done} onCancel={() => setOffer(undefined)} />
      )}
      {begin.prompt}
      {remove.prompt}
    </section>
  );
}

interface ConfirmProps {
  readonly offer: TotpOfferView;
  onDone(done: SetUpView): void;
  onCancel(): void;
}

function Confirm({ offer, onDone, onCancel }: ConfirmProps) {
  const confirm = useProved(
    (code: string) => sendJson<SetUpView>("POST", "/api/access/account/totp/confirm", { ticket: offer.ticket, code }),
    onDone,
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    confirm.run(String(new FormData(event.currentTarget).get("code")));
  };
  return (
    <form className="account-set-up" onSubmit={submit}>
      <QrPicture text={offer.uri} label="Picture for the authenticator app; the text beside it says the same" />
      <div className="account-form">
        <p>
          Point the app at the picture, or type this into it:
          <br />
          <span className="account-secret fixed-width">{offer.secret.match(/.{1,4}/g)?.join(" ")}</span>
        </p>
        <FormFailure error={confirm.error} />
        <TextInput
          label="Code that the app shows"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          required
          withAsterisk={false}
          autoFocus
        />
        <div className="account-actions">
          <Button type="submit" loading={confirm.isPending}>
            Confirm
          </Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
        </div>
        {confirm.prompt}
      </div>
    </form>
  );
}
