import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AccountView, OutsideBeginView } from "#access/api";
import { FormFailure } from "../access/form-message.tsx";
import { keepBack, outsideQuery } from "../access/outside-sign-in.tsx";
import { formatDate } from "../parts/format/dates.ts";
import { sendJson } from "../parts/request/request.ts";
import { Tag } from "../parts/tag/tag.tsx";
import { useProved } from "./use-proved.tsx";

const path = "/api/access/outside/link";

/** Linking one's account to that of the hospital's own sign-in, and undoing it; nothing where there is none. */
export function OutsideSection({ account: { outside, hasPassword } }: { readonly account: AccountView }) {
  const name = useQuery(outsideQuery).data?.name;
  const link = useProved(
    () => sendJson<OutsideBeginView>("POST", path),
    ({ address }) => {
      keepBack("/account");
      window.location.assign(address);
    },
  );
  const unlink = useProved(() => sendJson("DELETE", path));
  if (name === undefined) return null;
  return (
    <section className="account-section" aria-labelledby="account-outside">
      <h2 id="account-outside">Sign-in of {name}</h2>
      <p>
        {outside === undefined ? (
          <Tag tone="plain">Not linked</Tag>
        ) : (
          <Tag tone="good" icon="check">
            Linked on {formatDate(outside.since)}
          </Tag>
        )}{" "}
        {outside === undefined
          ? `Link your account to the one that you have at ${name}, and that one opens Corridor too.`
          : `Your account at ${name} opens Corridor. Roles that it gave go when the link is undone.`}
      </p>
      {outside !== undefined && !hasPassword ? (
        <p>Your account has no password, so the link is the way in and stays.</p>
      ) : null}
      <FormFailure error={link.error ?? unlink.error} />
      <div className="account-actions">
        {outside === undefined ? (
          <Button variant="default" loading={link.isPending} onClick={() => link.run(undefined)}>
            Link to {name}
          </Button>
        ) : null}
        {outside !== undefined && hasPassword ? (
          <Button variant="default" color="red" loading={unlink.isPending} onClick={() => unlink.run(undefined)}>
            Undo the link
          </Button>
        ) : null}
      </div>
      {link.prompt}
      {unlink.prompt}
    </section>
  );
}
