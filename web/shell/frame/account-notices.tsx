import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { NoticeView } from "#access/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { getJson, sendJson } from "../../parts/request/request.ts";

const path = "/api/access/account/notices";

const noticesQuery = queryOptions({
  queryKey: ["access", "account", "notices"],
  queryFn: ({ signal }) => getJson<readonly NoticeView[]>(path, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

const sentences: Readonly<Record<NoticeView["what"], string>> = {
  "password-changed": "Your password was changed",
  "password-link": "A link to set a new password for your account was made",
  "password-locked": "Your password was locked for a quarter of an hour, after five wrong ones",
  "app-set-up": "An authenticator app was set up for your account",
  "app-removed": "The authenticator app of your account was removed",
  "passkey-set-up": "A passkey was set up for your account",
  "passkey-removed": "A passkey of your account was removed",
  "recovery-codes-renewed": "New recovery codes took the place of yours",
  "recovery-code-used": "One of your recovery codes was used",
  "code-used-twice": "A code of your authenticator app came a second time, and was refused",
  "second-factor-locked": "Your second factor was locked for a quarter of an hour, after five wrong codes",
  "second-factor-reset": "Your second factor was taken away",
};

/** Tells people what was done to how they sign in, until they have seen it. */
export function AccountNotices() {
  const client = useQueryClient();
  const { data: notices = [] } = useQuery(noticesQuery);
  const seen = useMutation({
    mutationFn: () => sendJson("POST", `${path}/seen`),
    onSuccess: () => client.setQueryData(noticesQuery.queryKey, []),
  });
  if (notices.length === 0) return null;
  return (
    <section className="frame-account-notices" aria-label="What happened to your account">
      <Icon name="alert" size={20} />
      <div>
        <ul>
          {notices.map((notice) => (
            <li key={notice.id}>
              {sentences[notice.what]}: {formatDateTime(notice.at)}
              {whereOf(notice)}.
            </li>
          ))}
        </ul>
        <p>
          If that was not you, change your password and end other sessions under <Link to="/account">My account</Link>,
          and tell a system administrator.
        </p>
      </div>
      <Button size="xs" variant="default" loading={seen.isPending} onClick={() => seen.mutate()}>
        I know of it
      </Button>
    </section>
  );
}

function whereOf({ byAnother, browser, address }: NoticeView): string {
  if (byAnother) return ", by an administrator";
  return address === undefined ? "" : `, from ${browser ?? "a program"} at ${address}`;
}
