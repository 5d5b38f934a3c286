import { Button, NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ServiceAccountView } from "#access/api";
import { Tag } from "../../parts/tag/tag.tsx";
import { FormFailure } from "../form-message.tsx";
import { KeyTable } from "./key-table.tsx";
import { useNewKey, useSetActive } from "./service-account-queries.ts";
import { useWords } from "./use-words.ts";

/** One system: what it is for, what it may do, and its keys. */
export function ServiceAccountSection({ account }: { readonly account: ServiceAccountView }) {
  const { id, name, use, purpose, scope, active, owner, keys } = account;
  const setActive = useSetActive(id);
  return (
    <section className="service-account" aria-label={name}>
      <div className="service-account-head">
        <h2>{name}</h2>
        <Tag tone="plain">{useWords[use]}</Tag>
        {active ? null : (
          <Tag tone="plain" icon="cross">
            Closed
          </Tag>
        )}
        {owner?.active === false ? (
          <Tag tone="warn" icon="alert">
            Its owner has left
          </Tag>
        ) : null}
        <Button
          className="service-account-close"
          size="xs"
          variant="default"
          loading={setActive.isPending}
          onClick={() => setActive.mutate(!active)}
        >
          {active ? `Close ${name}` : `Open ${name} again`}
        </Button>
      </div>
      <FormFailure error={setActive.error} />
      <p>
        {purpose} {owner === undefined ? null : `Owner: ${owner.display}.`}
      </p>
      <p className="fixed-width service-account-scope">{scope}</p>
      {keys.length === 0 ? null : (
        <KeyTable caption={`Keys of ${name}`} keys={keys} under={`/api/access/service-accounts/${id}/keys`} />
      )}
      {active ? <NewKey account={account} /> : null}
    </section>
  );
}

function NewKey({ account: { id, name } }: { readonly account: ServiceAccountView }) {
  const make = useNewKey(id);
  const [days, setDays] = useState<number>(90);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    make.mutate({ name: String(new FormData(event.currentTarget).get("key-name")), days });
  };
  return (
    <form className="service-account-new" onSubmit={submit} aria-label={`New key of ${name}`}>
      <FormFailure error={make.error} />
      {make.data === undefined ? null : (
        <div className="service-account-key" role="status">
          <strong>Give this key to the system. It is not shown again.</strong>
          <p className="fixed-width">{make.data.token}</p>
        </div>
      )}
      <TextInput size="xs" label="Name of a new key" name="key-name" maxLength={100} required withAsterisk={false} />
      <NumberInput
        size="xs"
        label="Days it works"
        min={1}
        max={366}
        allowDecimal={false}
        value={days}
        onChange={(value) => setDays(Number(value) || 1)}
        hideControls
      />
      <Button size="xs" type="submit" variant="default" loading={make.isPending}>
        Make a key
      </Button>
    </form>
  );
}
